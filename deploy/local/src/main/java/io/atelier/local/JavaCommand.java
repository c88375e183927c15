package io.atelier.local;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A jar to be run in a JVM of its own, which ends when this one does (see {@link Leash}).
 *
 * @param jar the jar; its manifest names main class and class path
 * @param options options of the JVM, system properties among them
 * @param arguments arguments of its main
 * @param environment variables beside those of this process
 */
public record JavaCommand(Path jar, List<String> options, List<String> arguments, Map<String, String> environment) {

    public static JavaCommand of(Path jar, List<String> options) {
        return new JavaCommand(jar, options, List.of(), Map.of());
    }

    public JavaCommand withArguments(List<String> more) {
        return new JavaCommand(jar, options, more, environment);
    }

    /** The process, not started. Its standard input must stay open as long as it shall live. */
    public ProcessBuilder process() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--sun-misc-unsafe-memory-access=allow"); // Netty 4.1 would print a warning
        line.addAll(options);
        line.add("-cp");
        line.add(ownClasses() + System.getProperty("path.separator") + jar);
        line.add(Leash.class.getName());
        line.add(jar.toString());
        line.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(line);
        process.environment().putAll(environment);
        return process;
    }

    private static Path ownClasses() {
        try {
            return Path.of(Leash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
