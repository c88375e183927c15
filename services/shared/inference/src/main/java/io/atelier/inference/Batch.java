package io.atelier.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;

/** The rows of one run, and the run itself while it goes on. Guarded by the scheduler's lock but for {@link #options}. */
final class Batch implements AutoCloseable {
    final GraphQueue queue;
    final List<Share> shares;
    final int rows;
    private final List<Ticket> wanted = new ArrayList<>();
    private final OrtSession.RunOptions options;
    private boolean terminated;
    private boolean closed;

    Batch(GraphQueue queue, List<Share> shares) {
        this.queue = queue;
        this.shares = List.copyOf(shares);
        this.rows = shares.stream().mapToInt(Share::count).sum();
        shares.forEach(share -> wanted.add(share.ticket()));
        try {
            this.options = new OrtSession.RunOptions();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime gives no run options", e);
        }
    }

    OrtSession.RunOptions options() {
        return options;
    }

    /** A request leaves; the run is stopped when it was the last one that wanted it. */
    void leave(Ticket ticket) {
        if (wanted.remove(ticket) && wanted.isEmpty()) {
            terminate();
        }
    }

    void terminate() {
        if (closed || terminated) {
            return;
        }
        terminated = true;
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses to stop a run", e);
        }
    }

    boolean isTerminated() {
        return terminated;
    }

    @Override
    public void close() {
        closed = true;
        options.close();
    }

    /**
     * Rows of one request within a run.
     *
     * @param first the request's first row in it
     * @param count how many, one after another
     */
    record Share(Ticket ticket, int first, int count) {}
}
