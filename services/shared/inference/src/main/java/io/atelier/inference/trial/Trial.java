package io.atelier.inference.trial;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Loads and runs a graph in a child under limits; see the package. */
public final class Trial {
    private static final int MOST_ANSWER = 1 << 20;
    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;

    private final TrialLimits limits;
    private final Path scratch;

    /**
     * Trials under limits.
     *
     * @param scratch an empty folder of the trial's own; the caller removes it
     */
    public Trial(TrialLimits limits, Path scratch) {
        this.limits = limits;
        this.scratch = scratch;
    }

    /** What this system does not limit, as a sentence. */
    public static Optional<String> missing() {
        return Limited.missing();
    }

    /**
     * Runs the shots in order, the first twice. Throws TRIAL_FAILED when the graph cannot be loaded or the limits do not
     * suffice; a shot that fails is told in the report.
     */
    public TrialReport run(Path graph, List<Shot> shots) {
        try {
            Process child = start(graph);
            try {
                return report(child, shots);
            } finally {
                kill(child);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(Path graph) throws IOException {
        Path arguments = Files.writeString(
                scratch.resolve("arguments"),
                arguments(graph).stream().map(Trial::quoted).collect(Collectors.joining("\n")));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(Limited.command(List.of(java.toString(), "@" + arguments), limits));
        builder.environment().clear();
        return builder.directory(scratch.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** In a file, since ONNX Runtime bears no long command line. */
    private List<String> arguments(Path graph) {
        String classes = TrialProgram.classPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        return List.of(
                "-Xms16m",
                "-Xmx" + TrialLimits.HEAP_MIB + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:-UsePerfData", // which would write beside the scratch folder
                "-XX:+DisableAttachMechanism",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + scratch,
                "-Duser.home=" + scratch,
                "-cp",
                classes,
                TrialProgram.class.getName(),
                graph.toString(),
                Integer.toString(limits.threads()));
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private TrialReport report(Process child, List<Shot> shots) throws IOException {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(child.getInputStream().readNBytes(MOST_ANSWER));
            } catch (IOException e) {
                answer.complete(new byte[0]); // it was killed
            }
        });
        send(child.getOutputStream(), shots);
        try {
            if (!child.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
                kill(child);
                throw late();
            }
            // a child of the child may keep the stream open
            byte[] said =
                    answer.completeOnTimeout(new byte[0], 1, TimeUnit.SECONDS).join();
            return new Answer(new String(said, StandardCharsets.UTF_8), limits)
                    .report(shots.size())
                    .orElseThrow(() -> died(child.exitValue()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("it was interrupted");
        }
    }

    /** The stream stays open: its end is the child's. */
    private static void send(OutputStream to, List<Shot> shots) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Shot shot : shots) {
            lines.add(Lines.line(Lines.SHOT, shot.name()));
            for (Feed feed : shot.feeds()) {
                lines.add(Lines.line(
                        Lines.FEED, feed.input(), feed.whole(), Lines.shape(feed.shape()), feed.low(), feed.high()));
            }
        }
        lines.add(Lines.GO + "\n");
        try {
            to.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            if (!"Broken pipe".equals(e.getMessage())) {
                throw e;
            }
            // it is dead already, and its exit code tells why
        }
    }

    private ProblemException died(int code) {
        return switch (code - SIGNALLED) {
            case SIGXCPU, SIGKILL ->
                failed("it takes more than " + limits.processorSeconds() + " s of processor time to load and run");
            default ->
                failed("the process ended with code " + code + " while it loaded or ran it, which happens when "
                        + limits.memoryMiB() + " MiB of memory do not suffice (give it more with --trial-memory)");
        };
    }

    private ProblemException late() {
        long seconds = limits.time().toSeconds();
        return Problem.field(
                        ErrorCode.TRIAL_FAILED,
                        "--trial-seconds",
                        seconds + " s",
                        "The model failed its trial: it takes more than " + seconds
                                + " s to load and run. If it is only slow, give it more time with --trial-seconds.")
                .exception();
    }

    private static ProblemException failed(String why) {
        return Problem.of(ErrorCode.TRIAL_FAILED, "The model failed its trial: " + why + ".")
                .exception();
    }

    private static void kill(Process child) {
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly();
        try {
            child.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
