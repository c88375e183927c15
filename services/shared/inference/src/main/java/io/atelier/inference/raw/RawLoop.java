package io.atelier.inference.raw;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A class-conditional generator run one picture at a time: inputs {@code latent} (1, dimensions) and {@code label} (1),
 * output {@code image}. Thread-safe: callers run side by side, as ONNX Runtime allows.
 */
public final class RawLoop implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private RawLoop(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** Opens a graph on the processor with ONNX Runtime's own defaults but the number of threads. */
    public static RawLoop open(Path graph, int threads) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return new RawLoop(environment, environment.createSession(graph.toString(), options));
        } catch (OrtException e) {
            throw new IllegalArgumentException(graph + " cannot be opened", e);
        }
    }

    /** Makes one picture; answers its floats. */
    public float[] run(float[] latent, long label) {
        try (OnnxTensor latents =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(latent), new long[] {1, latent.length});
                OnnxTensor labels =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {label}), new long[] {1});
                OrtSession.Result result = session.run(Map.of("latent", latents, "label", labels))) {
            FloatBuffer image = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[image.remaining()];
            image.get(values);
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException("the graph cannot be run", e);
        }
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
