package io.atelier.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process of its own that publishes again and again. */
final class Publisher {
    private Publisher() {}

    /** Arguments: repository, folder for drafts, how often. */
    public static void main(String[] args) throws IOException {
        ModelRepository repository = new DirectoryModelRepository(Path.of(args[0]), InstantSource.system());
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            repository.publish(Drafts.draft(Path.of(args[1]), args[1] + i + " ".repeat(100_000)), true);
        }
    }

    static Process start(Path repository, Path drafts, int times) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        repository.toString(),
                        drafts.toString(),
                        Integer.toString(times))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
