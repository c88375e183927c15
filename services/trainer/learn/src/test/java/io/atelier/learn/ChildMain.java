package io.atelier.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the commands in a process of their own. */
final class ChildMain {
    /** In a file: ONNX Runtime 1.29 crashes in a process whose command line has more than some 4,000 characters. */
    private static final Path CLASS_PATH = classPath();

    private ChildMain() {}

    private static Path classPath() {
        try {
            Path file = Files.createTempFile("learn", ".args");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "-cp \"" + System.getProperty("java.class.path") + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command; its standard output and error go into files. */
    static Process start(Path out, Path err, List<String> arguments) throws IOException {
        return start(out, err, List.of(), arguments);
    }

    /** The same with more options of the JVM. */
    static Process start(Path out, Path err, List<String> options, List<String> arguments) throws IOException {
        return new ProcessBuilder(command(options, arguments))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                .start();
    }

    /** The command line; the last option of a kind is the one that counts. */
    static List<String> command(List<String> options, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "@" + CLASS_PATH));
        line.addAll(options);
        line.add(Main.class.getName());
        line.addAll(arguments);
        return line;
    }
}
