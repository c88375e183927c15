package io.atelier.inference;

import io.atelier.kernel.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/**
 * A request on its way through a graph. The counters and the end are guarded by the scheduler's lock, the outputs are
 * written by the run that made them before that run ends.
 */
final class Ticket {
    final RunRequest request;
    final int rows;
    final Condition changed;
    final long cameNanos;
    /** Rows handed to runs, from the first on. */
    int taken;
    /** Rows whose outputs are written. */
    int done;
    /** Why it ended before all rows were done. */
    Optional<Problem> failed = Optional.empty();

    Optional<Throwable> cause = Optional.empty();
    private final Map<String, Rows> outputs = new LinkedHashMap<>();

    Ticket(RunRequest request, int rows, Condition changed, long cameNanos) {
        this.request = request;
        this.rows = rows;
        this.changed = changed;
        this.cameNanos = cameNanos;
    }

    boolean isOver() {
        return done == rows || failed.isPresent();
    }

    int waiting() {
        return rows - taken;
    }

    /** The rows to copy an output to; made when the first run knows its shape. */
    synchronized Rows output(Axes axes, long[] rowShape) {
        Rows known = outputs.get(axes.name());
        if (known == null) {
            known = Values.rows(axes, rows, rowShape);
            outputs.put(axes.name(), known);
        }
        if (!Arrays.equals(known.rowShape(), rowShape)) {
            throw new IllegalStateException("rows of one request gave outputs of different shapes");
        }
        return known;
    }

    synchronized Map<String, Rows> outputs() {
        return Map.copyOf(outputs);
    }
}
