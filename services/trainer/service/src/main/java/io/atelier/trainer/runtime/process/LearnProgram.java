package io.atelier.trainer.runtime.process;

import io.atelier.trainer.domain.Order;
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
 */
public record LearnProgram(Path jar, int heapMb, int memoryMb, OptionalInt threads) {

    /**
     * The arguments of a training that tells its signs on standard output.
     *
     * @param input its data
     * @param folder its run's folder, where an earlier attempt may have kept something
     * @param models where it looks for models to start from
     * @param device what it trains on: cpu, cuda:N or auto
     */
    public List<String> training(Order order, Path input, Path folder, Path models, String device) {
        List<String> line = new ArrayList<>(List.of("train", order.recipe(), "--reports", "--resume"));
        line.addAll(List.of("--data", input.toString()));
        line.addAll(List.of("--out", folder.toString()));
        line.addAll(List.of("--repository", RunFolders.made(folder).toString()));
        line.addAll(List.of("--models", models.toString()));
        line.addAll(List.of("--device", device));
        line.addAll(List.of("--memory-limit-mb", Integer.toString(memoryMb)));
        order.seed().ifPresent(seed -> line.addAll(List.of("--seed", Long.toString(seed))));
        threads.ifPresent(number -> line.addAll(List.of("--threads", Integer.toString(number))));
        order.settings().forEach((name, value) -> line.addAll(List.of("--set", name + "=" + value)));
        return line;
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
