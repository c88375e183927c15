package io.atelier.kit.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Damaged pictures are read or refused, and leave nothing behind. {@code -Datelier.full=true} tries all of them. */
class MutatedPicturesTest {
    private static final long SEED = 20_261_125;
    private static final int COUNT = Boolean.getBoolean("atelier.full") ? 2000 : 200;
    private static final long MOST_LEFT = 4 << 20;

    @Test
    void isReadOrRefusedInTimeAndRoomAndTheHeapStaysFlat() {
        Mutations mutations = new Mutations(SEED);
        Footprint.Worst worst = new Footprint.Worst();
        run(mutations, 20, new Footprint.Worst()); // what is loaded and kept once
        long before = live();
        run(mutations, COUNT, worst);
        long grown = live() - before;
        System.out.println("mutated pictures: " + worst + "; live heap grew by " + (grown >> 10) + " KiB");
        assertThat(worst.read()).isGreaterThan(COUNT / 20);
        assertThat(worst.refused()).isGreaterThan(COUNT / 20);
        assertThat(grown).isLessThan(MOST_LEFT);
    }

    private static void run(Mutations mutations, int count, Footprint.Worst worst) {
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutations.get(i);
            try (Footprint footprint = new Footprint("mutation " + i, bytes.length, worst)) {
                Optional<ProblemException> refused = footprint.of(() -> decode(bytes));
                refused.ifPresent(problem -> {
                    assertThat(problem.problem().code()).isIn(ErrorCode.NOT_A_PICTURE, ErrorCode.TOO_LARGE);
                    assertThat(problem.problem().field()).contains("content");
                });
            }
        }
    }

    private static long live() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static Picture decode(byte[] bytes) {
        return Pictures.decode(bytes, "content", HostilePictures.MAX_PIXELS);
    }
}
