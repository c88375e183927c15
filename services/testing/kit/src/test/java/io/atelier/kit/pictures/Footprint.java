package io.atelier.kit.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.atelier.artifacts.Picture;
import io.atelier.kernel.ProblemException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one picture takes: at most 2 s of processor time, for the machine may have other work, and on the heap no more than
 * is promised of decoding. All that is allocated is counted, freed or not, so the peak is lower.
 */
final class Footprint implements AutoCloseable {
    private static final long MOST_MILLIS = 2000;
    private static final long MIB = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final int bytes;
    private final Worst worst;
    private final long allocated = THREADS.getCurrentThreadAllocatedBytes();
    private final long start = THREADS.getCurrentThreadCpuTime();
    private @Nullable Picture read;

    /** Begins to count. */
    Footprint(String name, int bytes, Worst worst) {
        this.name = name;
        this.bytes = bytes;
        this.worst = worst;
    }

    /** Decodes; a problem is how it was refused. */
    Optional<ProblemException> of(Supplier<Picture> decoding) {
        try {
            read = decoding.get();
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e);
        }
    }

    @Override
    public void close() {
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        long room = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        Picture picture = read;
        long pixels = picture == null ? 0 : (long) picture.width() * picture.height();
        worst.count(name, picture != null, millis, room);
        assertThat(millis).describedAs("milliseconds of %s", name).isLessThanOrEqualTo(MOST_MILLIS);
        if (picture != null) {
            assertThat(room)
                    .describedAs("bytes allocated for %s", name)
                    .isLessThanOrEqualTo(16 * pixels + 3L * bytes + 16 * MIB);
        }
    }

    /** The figures of all pictures so far. */
    static final class Worst {
        private int readOnes;
        private int refusedOnes;
        private long millis;
        private String slowest = "";
        private long room;
        private String largest = "";

        void count(String name, boolean wasRead, long itsMillis, long itsRoom) {
            readOnes += wasRead ? 1 : 0;
            refusedOnes += wasRead ? 0 : 1;
            if (itsMillis > millis) {
                millis = itsMillis;
                slowest = name;
            }
            if (itsRoom > room) {
                room = itsRoom;
                largest = name;
            }
        }

        int read() {
            return readOnes;
        }

        int refused() {
            return refusedOnes;
        }

        @Override
        public String toString() {
            return "%d read, %d refused; slowest %d ms (%s); most allocated %d KiB (%s)"
                    .formatted(readOnes, refusedOnes, millis, slowest, room >> 10, largest);
        }
    }
}
