package io.atelier.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.atelier.local.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void packSleeper() throws IOException {
        jar = folder.resolve("sleeper.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Sleeper.class.getName());
        String entry = Sleeper.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(bytes(entry));
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ChildJvmTest.class.getClassLoader().getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }

    @Test
    void terminatedChildRunsItsShutdownHooks() {
        try (ChildJvm child = start()) {
            child.awaitLog("awake", PATIENCE);

            assertThat(child.terminate(PATIENCE)).isEqualTo(143);
            assertThat(child.log()).contains("good night");
        }
    }

    @Test
    void killedChildEndsAtOnce() {
        try (ChildJvm child = start()) {
            child.awaitLog("awake", PATIENCE);

            child.kill();

            assertThat(child.isAlive()).isFalse();
            assertThat(child.log()).doesNotContain("good night");
        }
    }

    @Test
    void childStopsInOrderWhenItsParentIsGone() throws IOException {
        Path log = folder.resolve("orphan.log");
        Process process = JavaCommand.of(jar, List.of("-Xmx32m"))
                .process()
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().until(() -> Files.readString(log).contains("awake"));
            process.getOutputStream().close(); // what the system does to a dead parent's pipes

            assertThat(process.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue())
                    .isEqualTo(143);
            assertThat(Files.readString(log)).contains("good night");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void waitForADeadChildEndsWithItsLastWords() {
        Path log = folder.resolve("dead.log");
        JavaCommand failing = JavaCommand.of(jar, List.of("-Xmx32m")).withArguments(List.of("fail"));
        try (ChildJvm child = ChildJvm.start(failing, log)) {
            assertThatThrownBy(() -> child.awaitLog("never said", PATIENCE)).hasMessageContaining("cannot sleep");
            assertThat(child.awaitExit(PATIENCE)).isEqualTo(1);
        }
    }

    private ChildJvm start() {
        return ChildJvm.start(JavaCommand.of(jar, List.of("-Xmx32m")), folder.resolve("sleeper.log"));
    }
}
