package io.atelier.bench.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory of processes as Linux counts it: the proportional set size, in which a page that several processes share counts
 * once in all.
 *
 * @see <a href="https://docs.kernel.org/filesystems/proc.html">The /proc filesystem, smaps_rollup</a>
 */
final class Memory {
    private Memory() {}

    /** Bytes of this process and all that it has started. */
    static long ofThisAndItsChildren() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .mapToLong(process -> of(process.pid()))
                .sum();
    }

    private static long of(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (NoSuchFileException e) {
            return 0; // it has ended meanwhile
        } catch (IOException e) {
            throw new IllegalStateException("the memory of process " + process + " cannot be read; Linux tells it", e);
        }
    }
}
