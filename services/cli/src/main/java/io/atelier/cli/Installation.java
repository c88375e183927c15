package io.atelier.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkout and the programs built from it. The {@code atelier} script names copies of them that no later build
 * touches; without it they are where Maven puts them.
 */
public final class Installation {
    private Installation() {}

    /** The checkout: where {@code deploy/models} and, by default, the state lie. */
    public static Path home() {
        return Optional.ofNullable(System.getProperty("atelier.home"))
                .map(Path::of)
                .orElseGet(() -> Path.of("").toAbsolutePath());
    }

    public static Path starters() {
        return home().resolve("deploy/models");
    }

    /** The jar of a service, of the training program ({@code learn}), the database or the benchmarks ({@code bench}). */
    public static Path jar(String program) {
        return named(program)
                .or(() -> built(program))
                .orElseThrow(() -> CommandException.failed("The program " + program
                        + " is not built. Run this command through ./atelier, which builds what it needs."));
    }

    private static Optional<Path> named(String program) {
        return Optional.ofNullable(System.getProperty("atelier.app." + program))
                .map(Path::of)
                .filter(Files::exists);
    }

    private static Optional<Path> built(String program) {
        return switch (program) {
            case "learn" -> jarIn("services/trainer/learn/target", "atelier-learn-");
            case "bench" -> jarIn("services/testing/bench/target", "atelier-bench-");
            case "database" -> jarIn("deploy/database/target", "atelier-database-");
            case "trainer" -> app("services/trainer/service");
            default -> app("services/" + program);
        };
    }

    private static Optional<Path> app(String module) {
        return Optional.of(home().resolve(module).resolve("target/quarkus-app/quarkus-run.jar"))
                .filter(Files::exists);
    }

    private static Optional<Path> jarIn(String folder, String prefix) {
        Path target = home().resolve(folder);
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
