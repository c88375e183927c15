package io.atelier.learn.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the processor can do, as Linux tells it. */
final class Processor {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private Processor() {}

    /** Whether bfloat16 products run in hardware; elsewhere they would be slower than float32. */
    static boolean multipliesBfloat16() {
        if (!Files.isReadable(CPUINFO)) {
            return false;
        }
        try (var lines = Files.lines(CPUINFO)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> List.of(line.split(" ")))
                    .filter(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16"))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
