package io.atelier.inference.raw;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.inference.Rows;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A graph whose first output is float32, run on rows by their inputs' names. Thread-safe, as ONNX Runtime allows. */
public final class RawGraph implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private RawGraph(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** Opens a graph on the processor with ONNX Runtime's own defaults but the number of threads. */
    public static RawGraph open(Path graph, int threads) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return new RawGraph(environment, environment.createSession(graph.toString(), options));
        } catch (OrtException e) {
            throw new IllegalArgumentException(graph + " cannot be opened", e);
        }
    }

    /** Runs all rows at once; answers the first output's floats, row-major. */
    public float[] run(Map<String, Rows> inputs) {
        Map<String, OnnxTensor> fed = new HashMap<>();
        try {
            for (Map.Entry<String, Rows> input : inputs.entrySet()) {
                fed.put(input.getKey(), tensor(input.getValue()));
            }
            try (OrtSession.Result result = session.run(fed)) {
                FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] values = new float[output.remaining()];
                output.get(values);
                return values;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the graph cannot be run", e);
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Rows rows) throws OrtException {
        long[] shape = new long[rows.rowShape().length + 1];
        shape[0] = rows.count();
        System.arraycopy(rows.rowShape(), 0, shape, 1, rows.rowShape().length);
        return switch (rows) {
            case Rows.Floats floats -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.values()), shape);
            case Rows.Longs longs -> OnnxTensor.createTensor(environment, LongBuffer.wrap(longs.values()), shape);
        };
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session cannot be closed", e);
        }
    }
}
