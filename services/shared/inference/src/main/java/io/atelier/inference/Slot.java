package io.atelier.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The buffers of one run of a graph whose rows all have one shape; ONNX Runtime reads and writes them in place. */
final class Slot implements AutoCloseable {
    private final List<Axes> inputAxes;
    private final List<Axes> outputAxes;
    private final List<Values> inputs = new ArrayList<>();
    private final List<Values> outputs = new ArrayList<>();
    private final Map<Integer, Bound> bound = new HashMap<>();

    Slot(OrtRuntime runtime, List<Axes> inputAxes, List<Axes> outputAxes, int capacity) {
        this.inputAxes = inputAxes;
        this.outputAxes = outputAxes;
        inputAxes.forEach(axes -> inputs.add(new Values(runtime.environment(), axes, axes.rowShape(), capacity)));
        outputAxes.forEach(axes -> outputs.add(new Values(runtime.environment(), axes, axes.rowShape(), capacity)));
    }

    void run(OrtSession session, List<Batch.Share> shares, OrtSession.RunOptions options) throws OrtException {
        int rows = shares.stream().mapToInt(Batch.Share::count).sum();
        for (int i = 0; i < inputs.size(); i++) {
            GraphSession.fill(inputs.get(i), inputAxes.get(i), shares);
        }
        Bound batch = bound(rows);
        session.run(batch.inputs, Set.of(), batch.outputs, options).close();
        for (int i = 0; i < outputs.size(); i++) {
            int at = 0;
            for (Batch.Share share : shares) {
                Axes axes = outputAxes.get(i);
                Rows to = share.ticket().output(axes, axes.rowShape());
                outputs.get(i).get(to, share.first(), share.count(), at);
                at += share.count();
            }
        }
    }

    private Bound bound(int rows) throws OrtException {
        Bound known = bound.get(rows);
        if (known != null) {
            return known;
        }
        Map<String, OnnxTensor> in = new HashMap<>();
        for (Values values : inputs) {
            in.put(values.name(), values.tensor(rows));
        }
        Map<String, OnnxValue> out = new HashMap<>();
        for (Values values : outputs) {
            out.put(values.name(), values.tensor(rows));
        }
        Bound made = new Bound(in, out);
        bound.put(rows, made);
        return made;
    }

    @Override
    public void close() {
        inputs.forEach(Values::close);
        outputs.forEach(Values::close);
    }

    private record Bound(Map<String, OnnxTensor> inputs, Map<String, OnnxValue> outputs) {}
}
