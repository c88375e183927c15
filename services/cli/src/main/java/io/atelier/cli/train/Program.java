package io.atelier.cli.train;

import io.atelier.cli.Installation;
import io.atelier.local.JavaCommand;
import io.atelier.local.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this project as a child that shares this process's output, and takes its exit code. */
final class Program {
    private static final Duration ENDING = Duration.ofMinutes(2);

    private Program() {}

    static int run(String name, List<String> options, List<String> arguments) throws IOException {
        JavaCommand command = new JavaCommand(Installation.jar(name), options, arguments, Map.of());
        Process child = command.process()
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (StopSignal stop = new StopSignal()) {
            return waitFor(child, stop);
        }
    }

    /** Hands a request to stop on, and gives the child the time to keep its last step. */
    private static int waitFor(Process child, StopSignal stop) {
        try {
            return child.waitFor();
        } catch (InterruptedException e) {
            child.toHandle().destroy();
        }
        try {
            if (child.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                return child.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.destroyForcibly();
        return stop.received() ? 130 : 1;
    }
}
