package io.atelier.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One input or output as the graph itself declares it, rows on the first axis.
 *
 * @param name the tensor's name
 * @param floats float32; else int64
 * @param rowShape the shape of a row; -1 where it is open
 * @param single whether the first axis is fixed at one row, so that rows run one by one
 */
record Axes(String name, boolean floats, long[] rowShape, boolean single) {

    static List<Axes> of(Map<String, NodeInfo> nodes) throws NotServable {
        List<Axes> found = new ArrayList<>();
        for (NodeInfo node : nodes.values()) {
            if (!(node.getInfo() instanceof TensorInfo info)
                    || info.type != OnnxJavaType.FLOAT && info.type != OnnxJavaType.INT64) {
                throw new NotServable("the tensor " + node.getName() + " is neither float32 nor int64");
            }
            long[] shape = info.getShape();
            if (shape.length == 0 || shape[0] != -1 && shape[0] != 1) {
                throw new NotServable(
                        "the tensor " + node.getName() + " has no first axis that is open, or 1, to count rows");
            }
            found.add(new Axes(
                    node.getName(),
                    info.type == OnnxJavaType.FLOAT,
                    Arrays.copyOfRange(shape, 1, shape.length),
                    shape[0] == 1));
        }
        return List.copyOf(found);
    }

    GraphSignature.Tensor tensor() {
        return new GraphSignature.Tensor(
                name,
                floats ? GraphSignature.Element.FLOAT32 : GraphSignature.Element.INT64,
                Arrays.stream(rowShape).boxed().toList());
    }

    /** Bytes of one number. */
    int width() {
        return floats ? Float.BYTES : Long.BYTES;
    }

    /** Whether every row has the same shape. */
    boolean isFixed() {
        return Arrays.stream(rowShape).allMatch(dim -> dim > 0);
    }

    boolean fits(long[] shape) {
        if (shape.length != rowShape.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] < 1 || rowShape[i] > 0 && rowShape[i] != shape[i]) {
                return false;
            }
        }
        return true;
    }

    /** The shape of some rows of this shape. */
    static long[] batch(int rows, long[] shape) {
        long[] batch = new long[shape.length + 1];
        batch[0] = rows;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    static int size(long[] shape) {
        long size = 1;
        for (long dim : shape) {
            size = Math.multiplyExact(size, dim);
        }
        return Math.toIntExact(size);
    }
}
