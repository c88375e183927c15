package io.atelier.trainer.runtime.process;

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

    /** A process that trains, not started. */
    ProcessBuilder process(List<String> arguments) {
        return process(List.of(), arguments);
    }

    /** A process that only tells something: it is over before an optimising compiler would pay. */
    ProcessBuilder brief(List<String> arguments) {
        return process(List.of("-XX:TieredStopAtLevel=1"), arguments);
    }

    private ProcessBuilder process(List<String> options, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Xmx" + heapMb + "m");
        line.add("-XX:+UseSerialGC");
        line.add("--enable-native-access=ALL-UNNAMED");
        // with MKL a step is twice as fast as with OpenBLAS, and ten times as fast as with OpenBLAS' own threads
        line.add("-Dorg.bytedeco.openblas.load=mkl");
        line.addAll(options);
        line.add("-jar");
        line.add(jar.toString());
        line.addAll(arguments);
        return new ProcessBuilder(line);
    }
}
