package io.atelier.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Runs a cluster until the process is asked to end. Arguments: the folder, the port. */
public final class Main {
    /** The file in the folder that is there while the database takes connections. */
    public static final String READY = "ready";

    private static final Duration START = Duration.ofSeconds(60);

    private static volatile boolean stopping;

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
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, ready, ended), "stop-database"));
        ProcessHandle process =
                cluster.server().orElseThrow(() -> new IllegalStateException("PostgreSQL is gone already"));
        Files.createFile(ready);
        System.out.println("PostgreSQL takes connections on port " + port);
        process.onExit().thenRun(() -> {
            if (!stopping) {
                System.err.println("PostgreSQL has ended by itself");
                System.exit(1); // whoever watches this program starts both again
            }
        });
        ended.await();
    }

    private static void close(EmbeddedPostgres server, Path ready, CountDownLatch ended) {
        stopping = true;
        try {
            Files.deleteIfExists(ready);
            server.close();
        } catch (IOException e) {
            System.err.println("PostgreSQL did not stop in order: " + e.getMessage());
        } finally {
            ended.countDown();
        }
    }
}
