package io.atelier.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What of the hardware results depend on. */
final class Hardware {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");

    private Hardware() {}

    /** The architecture and the widest instruction set that ONNX Runtime's float kernels choose by. */
    static String processor() {
        String architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return architecture + instructionSet(lines(PROCESSOR));
    }

    static String instructionSet(List<String> cpuinfo) {
        Set<String> flags = new HashSet<>();
        cpuinfo.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .ifPresent(line -> flags.addAll(Arrays.asList(
                        line.substring(line.indexOf(':') + 1).trim().split(" +", -1))));
        if (flags.containsAll(Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl"))) {
            return "-avx512";
        }
        if (flags.containsAll(Set.of("avx2", "fma"))) {
            return "-avx2";
        }
        return flags.contains("avx") ? "-avx" : "";
    }

    /** The GPU's model name, in the driver's order; {@code cuda} when the driver does not tell. */
    static String gpu(int index) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(GPUS)) {
            List<Path> sorted = new ArrayList<>();
            folders.forEach(sorted::add);
            sorted.sort(null);
            return lines(sorted.get(index).resolve("information")).stream()
                    .filter(line -> line.startsWith("Model:"))
                    .map(line ->
                            line.substring(6).trim().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                    .findFirst()
                    .orElse("cuda");
        } catch (IOException | IndexOutOfBoundsException e) {
            return "cuda";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
