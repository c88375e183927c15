package io.atelier.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run of a graph whose rows may differ in shape: buffers for this run alone, outputs as they come. */
record OpenRun(OrtRuntime runtime, List<Axes> inputs, List<Axes> outputs) {

    void run(OrtSession session, List<Batch.Share> shares, OrtSession.RunOptions options) throws OrtException {
        Map<String, OnnxTensor> feed = new HashMap<>();
        Map<String, Values> buffers = new HashMap<>();
        int rows = shares.stream().mapToInt(Batch.Share::count).sum();
        try {
            for (Axes axes : inputs) {
                Rows first = GraphSession.given(shares.getFirst(), axes);
                Values values = new Values(runtime.environment(), axes, first.rowShape(), rows);
                buffers.put(axes.name(), values);
                GraphSession.fill(values, axes, shares);
                feed.put(axes.name(), values.tensor(rows));
            }
            try (OrtSession.Result result = session.run(feed, options)) {
                for (Axes axes : outputs) {
                    OnnxValue value = result.get(axes.name()).orElseThrow();
                    copyOut(axes, (OnnxTensor) value, shares);
                }
            }
        } finally {
            buffers.values().forEach(Values::close);
        }
    }

    private static void copyOut(Axes axes, OnnxTensor tensor, List<Batch.Share> shares) {
        long[] shape = ((TensorInfo) tensor.getInfo()).getShape();
        long[] rowShape = Arrays.copyOfRange(shape, 1, shape.length);
        int size = Axes.size(rowShape);
        int at = 0;
        for (Batch.Share share : shares) {
            int to = share.first() * size;
            int length = share.count() * size;
            switch (share.ticket().output(axes, rowShape)) {
                case Rows.Floats floats -> tensor.getFloatBuffer().get(at, floats.values(), to, length);
                case Rows.Longs longs -> tensor.getLongBuffer().get(at, longs.values(), to, length);
            }
            at += length;
        }
    }
}
