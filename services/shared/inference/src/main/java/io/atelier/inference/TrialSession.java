package io.atelier.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph opened on the processor with the options of a service, to find out what it does. Loading and running take as long
 * and as much as the graph makes them: a graph from elsewhere belongs into a process of its own (see {@link
 * io.atelier.inference.trial.Trial}). Used by one thread.
 */
public final class TrialSession implements AutoCloseable {
    private final OrtRuntime runtime;
    private final OrtSession session;
    private final List<Axes> outputs;

    private TrialSession(OrtRuntime runtime, OrtSession session, List<Axes> outputs) {
        this.runtime = runtime;
        this.session = session;
        this.outputs = outputs;
    }

    /** Opens a graph; throws where no service could serve it. */
    public static TrialSession open(Path graph, int threads) throws NotServable {
        OrtRuntime runtime = OrtRuntime.open(new Device.Cpu(), threads);
        try {
            OrtSession session = runtime.open(graph);
            try {
                Axes.of(session.getInputInfo());
                return new TrialSession(runtime, session, Axes.of(session.getOutputInfo()));
            } catch (OrtException | NotServable | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new NotServable("ONNX Runtime cannot load it: " + e.getMessage(), e);
        }
    }

    /** Runs rows by the inputs' names; answers the outputs in the graph's order, of whatever shape they came. */
    public Map<String, Rows> run(Map<String, Rows> inputs) throws NotServable {
        Map<String, OnnxTensor> fed = new HashMap<>();
        try {
            for (Map.Entry<String, Rows> input : inputs.entrySet()) {
                fed.put(input.getKey(), tensor(input.getValue()));
            }
            try (OrtSession.Result result = session.run(fed)) {
                Map<String, Rows> rows = new LinkedHashMap<>();
                for (Axes axes : outputs) {
                    rows.put(axes.name(), rows(axes, result.get(axes.name()).orElseThrow()));
                }
                return rows;
            }
        } catch (OrtException e) {
            throw new NotServable("ONNX Runtime cannot run it: " + e.getMessage(), e);
        } finally {
            new ArrayList<>(fed.values()).forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Rows rows) throws OrtException {
        long[] shape = Axes.batch(rows.count(), rows.rowShape());
        return switch (rows) {
            case Rows.Floats floats ->
                OnnxTensor.createTensor(runtime.environment(), FloatBuffer.wrap(floats.values()), shape);
            case Rows.Longs longs ->
                OnnxTensor.createTensor(runtime.environment(), LongBuffer.wrap(longs.values()), shape);
        };
    }

    private static Rows rows(Axes axes, OnnxValue value) throws NotServable {
        if (!(value instanceof OnnxTensor tensor) || !(tensor.getInfo() instanceof TensorInfo info)) {
            throw new NotServable("its output " + axes.name() + " came as no tensor");
        }
        long[] shape = info.getShape();
        if (shape.length == 0 || shape[0] < 1) {
            throw new NotServable("its output " + axes.name() + " came without rows");
        }
        Rows rows = Values.rows(axes, Math.toIntExact(shape[0]), Arrays.copyOfRange(shape, 1, shape.length));
        switch (rows) {
            case Rows.Floats floats -> tensor.getFloatBuffer().get(floats.values());
            case Rows.Longs longs -> tensor.getLongBuffer().get(longs.values());
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close the graph", e);
        }
    }
}
