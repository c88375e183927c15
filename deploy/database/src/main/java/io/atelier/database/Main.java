package io.atelier.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a cluster until the process is asked to end, or ends with code 1 when the server did by itself. Arguments: the
 * folder, the port.
 */
public final class Main {
    /** The file in the folder that is there while the database takes connections. */
    public static final String READY = "ready";

    private static final Duration START = Duration.ofSeconds(60);

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        Path ready = folder.resolve(READY);
        Files.createDirectories(folder);
        Files.deleteIfExists(ready);
        Cluster cluster = new Cluster(folder.resolve("data"));
        cluster.endLeftOver();
        Path program = folder.resolve("program");
        Unpacked.forgetHalf(program);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(program.toFile())
                .setDataDirectory(cluster.data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START)
                // the library turns both off; what the ledger has acknowledged must survive kill -9
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("shared_buffers", "16MB")
                .setServerConfig("max_connections", "64")
                .start();
        AtomicBoolean stopping = new AtomicBoolean();
        AtomicBoolean died = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            close(server, ready, died.get());
                        },
                        "stop-database"));
        Files.createFile(ready);
        System.out.println("PostgreSQL takes connections on port " + port);
        cluster.named().ifPresent(process -> process.onExit().join());
        if (!stopping.get()) {
            died.set(true);
            System.err.println("PostgreSQL ended by itself; its process is gone");
            System.exit(1);
        }
    }

    private static void close(EmbeddedPostgres server, Path ready, boolean died) {
        try {
            Files.deleteIfExists(ready);
            if (!died) {
                server.close();
            }
        } catch (IOException e) {
            System.err.println("PostgreSQL did not stop in order: " + e.getMessage());
        }
    }
}
