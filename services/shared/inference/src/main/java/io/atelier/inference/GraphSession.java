package io.atelier.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.models.GraphSpec;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An open graph with what its runs need: its tensors' shapes, the batch sizes that are safe, buffers to reuse. */
final class GraphSession implements AutoCloseable {
    private final OrtRuntime runtime;
    private final OrtSession session;
    private final String role;
    private final List<Axes> inputs;
    private final List<Axes> outputs;
    private final boolean fixed;
    private final BatchSizes sizes;
    private final int capacity;
    private final Queue<Slot> slots = new ConcurrentLinkedQueue<>();

    private GraphSession(
            OrtRuntime runtime,
            OrtSession session,
            String role,
            List<Axes> inputs,
            List<Axes> outputs,
            BatchSizes sizes,
            int capacity) {
        this.runtime = runtime;
        this.session = session;
        this.role = role;
        this.inputs = inputs;
        this.outputs = outputs;
        this.fixed = isFixed(inputs) && isFixed(outputs);
        this.sizes = sizes;
        this.capacity = capacity;
    }

    private static boolean isFixed(List<Axes> axes) {
        return axes.stream().allMatch(Axes::isFixed);
    }

    private static boolean isSingle(List<Axes> axes) {
        return axes.stream().anyMatch(Axes::single);
    }

    /**
     * Opens a graph, runs it once alone, and finds out which batches give every row the same bits.
     *
     * @param limit the most rows of a batch
     * @param maxRun how long a run may take
     */
    static GraphSession open(OrtRuntime runtime, Path file, GraphSpec spec, int limit, Duration maxRun)
            throws NotServable {
        try {
            OrtSession session = runtime.open(file);
            try {
                List<Axes> inputs = Axes.of(session.getInputInfo());
                List<Axes> outputs = Axes.of(session.getOutputInfo());
                compare(spec.inputs(), inputs, spec.file());
                compare(spec.outputs(), outputs, spec.file());
                GraphSession alone =
                        new GraphSession(runtime, session, spec.role(), inputs, outputs, BatchSizes.one(), limit);
                try {
                    boolean rowByRow = limit == 1 || isSingle(inputs) || isSingle(outputs);
                    BatchSizes proven =
                            alone.fixed && !rowByRow ? BatchSizes.prove(alone, limit, maxRun) : alone.warmUp();
                    return new GraphSession(runtime, session, spec.role(), inputs, outputs, proven, proven.max());
                } finally {
                    alone.closeSlots();
                }
            } catch (OrtException | NotServable | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            String why = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replace(file.toString(), spec.file());
            throw new NotServable(spec.file() + " cannot be loaded: " + why, e);
        }
    }

    private static void compare(List<TensorSpec> told, List<Axes> declared, String file) throws NotServable {
        Set<String> names = new HashSet<>();
        declared.forEach(axes -> names.add(axes.name() + " " + (axes.floats() ? "float32" : "int64")));
        Set<String> expected = new HashSet<>();
        told.forEach(tensor -> expected.add(tensor.name() + " " + tensor.type()));
        if (!names.equals(expected)) {
            throw new NotServable(file + " has the tensors " + names + ", but the manifest tells " + expected);
        }
    }

    private BatchSizes warmUp() throws OrtException {
        if (fixed) {
            BatchSizes.runOne(this);
        }
        return BatchSizes.one();
    }

    String role() {
        return role;
    }

    List<Axes> inputs() {
        return inputs;
    }

    GraphSignature signature() {
        return new GraphSignature(
                inputs.stream().map(Axes::tensor).toList(),
                outputs.stream().map(Axes::tensor).toList());
    }

    int largest(int rows) {
        return sizes.largest(rows);
    }

    /** Checks a request's inputs against the graph and returns its number of rows; a mismatch is the caller's bug. */
    int rows(Map<String, Rows> given) {
        int count = -1;
        for (Axes axes : inputs) {
            Rows rows = given.get(axes.name());
            if (rows == null
                    || axes.floats() != rows instanceof Rows.Floats
                    || !axes.fits(rows.rowShape())
                    || rows.count() < 1
                    || count != -1 && count != rows.count()
                    || length(rows) != (long) rows.count() * Axes.size(rows.rowShape())) {
                throw new IllegalArgumentException("the graph " + role + " does not take this as " + axes.name());
            }
            count = rows.count();
        }
        if (given.size() != inputs.size()) {
            throw new IllegalArgumentException("the graph " + role + " has no inputs beside " + inputs);
        }
        return count;
    }

    /** What a request's rows hold while they wait and run, by estimate: inputs, and outputs where their size is known. */
    long bytes(Map<String, Rows> given, int rows) {
        long sum = 0;
        for (Axes axes : inputs) {
            Rows one = given.get(axes.name());
            sum += one == null ? 0 : length(one) * axes.width();
        }
        for (Axes axes : outputs) {
            sum += axes.isFixed() ? (long) rows * Axes.size(axes.rowShape()) * axes.width() : 0;
        }
        return sum;
    }

    private static long length(Rows rows) {
        return switch (rows) {
            case Rows.Floats floats -> floats.values().length;
            case Rows.Longs longs -> longs.values().length;
        };
    }

    /** Runs rows of one or more requests together and copies their outputs to them. */
    void run(List<Batch.Share> shares, OrtSession.RunOptions options) throws OrtException {
        if (fixed) {
            Slot kept = slots.poll();
            Slot slot = kept == null ? new Slot(runtime, inputs, outputs, capacity) : kept;
            try {
                slot.run(session, shares, options);
            } finally {
                slots.add(slot);
            }
        } else {
            new OpenRun(runtime, inputs, outputs).run(session, shares, options);
        }
    }

    static void fill(Values values, Axes axes, List<Batch.Share> shares) {
        int at = 0;
        for (Batch.Share share : shares) {
            values.put(given(share, axes), share.first(), share.count(), at);
            at += share.count();
        }
    }

    static Rows given(Batch.Share share, Axes axes) {
        Rows rows = share.ticket().request.inputs().get(axes.name());
        if (rows == null) {
            throw new IllegalArgumentException("no input " + axes.name());
        }
        return rows;
    }

    private void closeSlots() {
        for (Slot slot = slots.poll(); slot != null; slot = slots.poll()) {
            slot.close();
        }
    }

    /** Closes the session; nothing may be running. */
    @Override
    public void close() {
        closeSlots();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close " + role, e);
        }
    }
}
