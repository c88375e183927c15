package io.atelier.learn.ops;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.atelier.learn.engine.Tensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Runs a graph in ONNX Runtime on libtorch's tensors. */
public final class OnnxRun implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    public OnnxRun(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(model, options);
        }
    }

    /** An output by its name, row-major. */
    public float[] run(String output, Map<String, Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> fed = new HashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                fed.put(input.getKey(), tensor(input.getValue()));
            }
            try (OrtSession.Result result = session.run(fed)) {
                FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                return copy;
            }
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Tensor value) throws OrtException {
        return value.scalar_type().intern() == ScalarType.Long
                ? OnnxTensor.createTensor(environment, LongBuffer.wrap(Tensors.longs(value)), value.shape())
                : OnnxTensor.createTensor(environment, FloatBuffer.wrap(Tensors.floats(value)), value.shape());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
