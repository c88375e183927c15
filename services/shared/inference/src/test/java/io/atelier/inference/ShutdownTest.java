package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.models.GraphSpec;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void processThatIsStoppedWhileItLoadsEndsCleanly() throws Exception {
        GraphSpec spec = new GraphSpec(
                "main",
                "model.onnx",
                List.of(
                        TensorSpec.of("latent", "latent", "float32", -1L, (long) TestGraphs.LATENT),
                        TensorSpec.of("label", "label", "int64", -1L)),
                List.of(TensorSpec.of("image", "image", "float32", -1L, 1L, 28L, 28L)));
        try (Studio studio = new Studio(folder)) {
            studio.publish("large", TestGraphs.generator(1, 256, 1), 1, spec);
        }
        Process child = start();
        List<String> output = new ArrayList<>();
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.equals("loading")) {
                    child.toHandle().destroy(); // SIGTERM; Process.destroy would close the streams
                }
            }
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("%s", output).isEqualTo(143);
        assertThat(output).contains("loading", "closed").noneMatch(line -> line.contains("refused"));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Loads models without end; closes its server in a shutdown hook, as a service does. */
    static final class Child {
        public static void main(String[] args) throws InterruptedException {
            Studio studio = new Studio(Path.of(args[0]));
            OnnxModelServer server = OnnxModelServer.start(
                    studio.repository,
                    Set.of(ModelTask.IMAGE_CLASSIFY),
                    Studio.SETTINGS,
                    InferenceListener.NONE,
                    InstantSource.system());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                System.out.println("closed");
            }));
            server.watch(status -> {
                if (status.state() == ModelStatus.State.LOADING) {
                    System.out.println("loading");
                }
            });
            while (server.models().isEmpty()) {
                Thread.onSpinWait();
            }
            System.out.println("loading");
            Thread.currentThread().join();
        }
    }
}
