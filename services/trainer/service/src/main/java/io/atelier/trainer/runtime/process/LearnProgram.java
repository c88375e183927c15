package io.atelier.trainer.runtime.process;

import io.atelier.s3.S3Location;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.runtime.runs.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The training program and how its JVM is started.
 *
 * @param jar learn's jar, its libraries beside it
 * @param heapMb the most its Java heap may take, in MiB
 * @param memoryMb the most it may take in all, libtorch included, in MiB
 * @param threads how many threads it computes with; one a core when absent
 * @param stores how it is told to reach object stores
 */
public record LearnProgram(Path jar, int heapMb, int memoryMb, OptionalInt threads, List<String> stores) {
    public LearnProgram {
        stores = List.copyOf(stores);
    }

    /**
     * The arguments of a training that tells its signs on standard output.
     *
     * @param input the path or address of its data
     * @param run its run, where an earlier attempt may have kept something
     * @param models the folder or address of the model repository, where it looks for models to start from and to compare
     *     with
     * @param device what it trains on: cpu, cuda:N or auto
     */
    public List<String> training(Order order, String input, Run run, String models, String device) {
        List<String> line = new ArrayList<>(List.of("train", order.recipe(), "--reports", "--resume"));
        line.addAll(List.of("--data", input));
        line.addAll(List.of("--out", run.folder().toString()));
        line.addAll(run.arguments());
        line.addAll(List.of("--repository", run.made().toString()));
        line.addAll(List.of("--models", models));
        line.addAll(List.of("--device", device));
        line.addAll(List.of("--memory-limit-mb", Integer.toString(memoryMb)));
        order.seed().ifPresent(seed -> line.addAll(List.of("--seed", Long.toString(seed))));
        threads.ifPresent(number -> line.addAll(List.of("--threads", Integer.toString(number))));
        order.settings().forEach((name, value) -> line.addAll(List.of("--set", name + "=" + value)));
        if (line.stream().anyMatch(S3Location::isMeant)) {
            line.addAll(stores);
        }
        return line;
    }

    /** A process that only tells something, not started: it is over before an optimising compiler would pay. */
    ProcessBuilder brief(List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(command(java, List.of("-XX:TieredStopAtLevel=1"), arguments));
    }

    /** The process with these arguments, not started. */
    ProcessBuilder process(List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(command(java, List.of(), arguments));
    }

    /** The whole command line, with options for the JVM beside the program's own. */
    public List<String> command(String java, List<String> options, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(java);
        line.add("-Xmx" + heapMb + "m");
        line.add("-XX:+UseSerialGC");
        line.add("--enable-native-access=ALL-UNNAMED");
        // with MKL a step is twice as fast as with OpenBLAS, and ten times as fast as with OpenBLAS' own threads
        line.add("-Dorg.bytedeco.openblas.load=mkl");
        line.addAll(options);
        line.add("-jar");
        line.add(jar.toString());
        line.addAll(arguments);
        return line;
    }
}
