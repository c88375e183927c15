package io.atelier.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a service's JVM loaded and linked in an earlier life, kept beside its jar, so that a start takes about half the
 * time. The JVM checks that it fits the jars and itself, and starts without it when it does not.
 *
 * @see <a href="https://openjdk.org/jeps/483">JEP 483, Ahead-of-time class loading and linking</a>
 * @see <a href="https://openjdk.org/jeps/514">JEP 514, Ahead-of-time command-line ergonomics</a>
 */
final class StartCache {
    /** Beside the jar; what cannot be archived is told a line each, which helps nobody here. */
    private static final String QUIET = "-Xlog:aot*=error,cds*=error";

    private final Path kept;
    private final Path recorded;

    private StartCache(Path kept, Path recorded) {
        this.kept = kept;
        this.recorded = recorded;
    }

    static StartCache beside(Path jar) {
        String own = "start.aot." + ProcessHandle.current().pid(); // two suites may record at once
        return new StartCache(jar.resolveSibling("start.aot"), jar.resolveSibling(own));
    }

    boolean isKept() {
        return Files.exists(kept);
    }

    /** The JVM's options that use it. */
    List<String> use() {
        return List.of("-XX:AOTCache=" + kept, QUIET);
    }

    /**
     * The JVM's options that write it when the process ends in order, which then takes some seconds more. What an earlier
     * process of the same number left half written is forgotten.
     */
    List<String> record() throws IOException {
        forget();
        return List.of("-XX:AOTCacheOutput=" + recorded, QUIET);
    }

    /** Keeps what was recorded, if anything was; only after a process that was not killed while it wrote. */
    void keep() throws IOException {
        if (Files.exists(recorded)) {
            Files.move(recorded, kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Forgets what a killed process left half written. */
    void forget() throws IOException {
        Files.deleteIfExists(recorded);
    }
}
