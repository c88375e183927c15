package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CommandLineLimitTest {

    @Test
    void longCommandLineIsRefusedByItsLengthBeforeItCrashesTheProcess() throws Exception {
        assertThat(run("x".repeat(5000))).contains("a command line of 5", "takes 4095 at most", "@FILE");
        assertThat(run("x")).isEqualTo("started");
    }

    /** What a process of its own says; the class path stands in the environment, for it is long itself. */
    private static String run(String argument) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), Start.class.getName(), argument);
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("no crash").isZero();
        return said;
    }

    /** Starts ONNX Runtime and says how that went. */
    static final class Start {
        public static void main(String[] args) {
            try {
                OrtRuntime.open(new Device.Cpu(), 1);
                System.out.print("started");
            } catch (RuntimeException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
