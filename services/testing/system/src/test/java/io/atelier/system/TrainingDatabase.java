package io.atelier.system;

import static org.awaitility.Awaitility.await;

import io.atelier.kit.ChildJvm;
import io.atelier.local.JavaCommand;
import io.atelier.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The database's program as a process that can be killed, server and all, and started again on the same files. */
final class TrainingDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final int port = Ports.free(1).getFirst();
    private int starts;
    private @Nullable ChildJvm program;

    TrainingDatabase(Path folder) {
        this.folder = folder;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    void start() {
        Path jar = Checkout.jar("deploy/database/target", "atelier-database");
        JavaCommand command = JavaCommand.of(jar, List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"))
                .withArguments(List.of(folder.toString(), Integer.toString(port)));
        program = ChildJvm.start(command, folder.resolveSibling("database-" + ++starts + ".log"));
        program.awaitLog("PostgreSQL takes connections", PATIENCE);
    }

    /** kill -9 of the program, of the server and of every connection's process. */
    void kill() {
        ProcessHandle server = server();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        if (program != null) {
            program.kill();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private ProcessHandle server() {
        try {
            String first = Files.readAllLines(folder.resolve("data/postmaster.pid"))
                    .getFirst()
                    .trim();
            return ProcessHandle.of(Long.parseLong(first)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (program != null && program.isAlive()) {
            program.terminate(PATIENCE);
        }
    }
}
