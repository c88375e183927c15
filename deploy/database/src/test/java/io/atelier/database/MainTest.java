package io.atelier.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path folder;

    private final int port = freePort();

    @Test
    void whatWasWrittenIsThereAfterAStopAndAfterAKill() throws Exception {
        Process first = start();
        sql("create table work (name text)");
        sql("insert into work values ('kept')");
        first.toHandle().destroy();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new Cluster(folder.resolve("data")).server()).isEmpty();
        assertThat(folder.resolve(Main.READY)).doesNotExist();

        Process second = start();
        second.destroyForcibly().waitFor();
        assertThat(new Cluster(folder.resolve("data")).server())
                .as("it outlives its program")
                .isPresent();

        Process third = start();
        try (Connection connection = connect();
                ResultSet row = connection.createStatement().executeQuery("select name from work")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("kept");
        } finally {
            third.toHandle().destroy();
            third.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void programEndsWithItsServer() throws Exception {
        Process process = start();
        new Cluster(folder.resolve("data")).server().orElseThrow().destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isOne();
        assertThat(folder.resolve(Main.READY)).doesNotExist();
    }

    /** What is acknowledged must be on disk: a kill of the server, or of the machine, takes no job back. */
    @Test
    void nothingIsAcknowledgedBeforeItIsOnDisk() throws Exception {
        Process process = start();
        try (Connection connection = connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select name from pg_settings where setting = 'on'"
                                + " and name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name")) {
            List<String> on = new ArrayList<>();
            while (row.next()) {
                on.add(row.getString(1));
            }
            assertThat(on).containsExactly("fsync", "full_page_writes", "synchronous_commit");
        } finally {
            process.toHandle().destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void halfUnpackedProgramIsUnpackedAnew() throws Exception {
        Path half = Files.createDirectories(folder.resolve("program/PG-half/lib"));
        Files.writeString(half.resolve("libpq.so.5"), "half");
        Path whole = Files.createDirectories(folder.resolve("program/PG-whole"));
        Files.createFile(whole.resolve(".exists"));
        Unpacked.forgetHalf(folder.resolve("program"));
        assertThat(half).doesNotExist();
        assertThat(whole).exists();
    }

    private Process start() throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve(Main.READY)); // what a killed one left
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        folder.toString(),
                        Integer.toString(port))
                .inheritIO()
                .start();
        while (!Files.exists(folder.resolve(Main.READY))) {
            assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
                    .as("it lives")
                    .isFalse();
        }
        return process;
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute(statement);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
