package io.atelier.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batch sizes of a graph in which every row gets the bits it gets alone.
 *
 * <p>Kernels are chosen by shape, so this is found out by trying, at load: two different rows alone, then powers of two of
 * them in turn. A product with weights that are constants (packed at load) passes at every size; one with a computed
 * matrix takes another kernel for one row than for several, and such a graph runs its rows one by one. The sizes depend
 * on nothing but the graph and the device class, except for the largest, which ends where a run takes too long; that one
 * cannot change results.
 */
final class BatchSizes {
    private static final int TIMINGS = 3;

    private final int[] ascending;

    private BatchSizes(List<Integer> sizes) {
        this.ascending = sizes.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    static BatchSizes one() {
        return new BatchSizes(List.of(1));
    }

    /** The largest size that so many rows fill. */
    int largest(int rows) {
        int found = 1;
        for (int size : ascending) {
            found = size <= rows ? size : found;
        }
        return found;
    }

    int max() {
        return ascending[ascending.length - 1];
    }

    static BatchSizes prove(GraphSession graph, int limit, Duration maxRun) throws OrtException {
        List<Map<String, Rows>> alone = List.of(run(graph, 1, 0), run(graph, 1, 1));
        long nanos = Long.MAX_VALUE;
        for (int i = 0; i < TIMINGS; i++) {
            long began = System.nanoTime();
            run(graph, 1, 0);
            nanos = Math.min(nanos, System.nanoTime() - began);
        }
        List<Integer> proven = new ArrayList<>(List.of(1));
        for (int size = 2; size <= limit && size * nanos <= maxRun.toNanos(); size *= 2) {
            if (isSame(run(graph, size, 0), alone, size)) {
                proven.add(size);
            }
        }
        return new BatchSizes(proven);
    }

    static void runOne(GraphSession graph) throws OrtException {
        run(graph, 1, 0);
    }

    /** Runs so many trial rows, of two kinds in turn. */
    private static Map<String, Rows> run(GraphSession graph, int count, int firstKind) throws OrtException {
        Map<String, Rows> inputs = new HashMap<>();
        for (Axes axes : graph.inputs()) {
            inputs.put(axes.name(), trial(axes, count, firstKind));
        }
        RunRequest request = new RunRequest(
                graph.role(), inputs, "load", RunRequest.Priority.BULK, Deadline.NEVER, new Cancellation(), rows -> {});
        Ticket ticket = new Ticket(request, count, new ReentrantLock().newCondition(), System.nanoTime());
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            graph.run(List.of(new Batch.Share(ticket, 0, count)), options);
        }
        return ticket.outputs();
    }

    /** Gaussian floats; for integers zeros, which every table has. */
    private static Rows trial(Axes axes, int count, int firstKind) {
        int size = Axes.size(axes.rowShape());
        if (!axes.floats()) {
            return new Rows.Longs(count, axes.rowShape(), new long[size * count]);
        }
        float[] values = new float[size * count];
        for (int row = 0; row < count; row++) {
            System.arraycopy(Seeds.gaussians((firstKind + row) % 2, size), 0, values, row * size, size);
        }
        return new Rows.Floats(count, axes.rowShape(), values);
    }

    private static boolean isSame(Map<String, Rows> batch, List<Map<String, Rows>> alone, int size) {
        for (int row = 0; row < size; row++) {
            for (Map.Entry<String, Rows> output : alone.get(row % 2).entrySet()) {
                if (!isSame(batch.get(output.getKey()), row, output.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isSame(@Nullable Rows batch, int row, Rows alone) {
        int size = Axes.size(alone.rowShape());
        int from = row * size;
        return switch (alone) {
            case Rows.Floats floats ->
                batch instanceof Rows.Floats all
                        && Arrays.equals(all.values(), from, from + size, floats.values(), 0, size);
            case Rows.Longs longs ->
                batch instanceof Rows.Longs all
                        && Arrays.equals(all.values(), from, from + size, longs.values(), 0, size);
        };
    }
}
