package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxNode;
import io.atelier.imports.onnx.OnnxTensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What the operators beside a picture tell of it. */
final class Evidence {
    private static final Set<String> PIXELWISE = Set.of("Sub", "Add", "Mul", "Div", "Pad", "Clip", "Relu");
    private static final Set<String> BEFORE_OUTPUT =
            Set.of("Sub", "Add", "Mul", "Div", "Clip", "Relu", "Tanh", "Sigmoid");
    private static final List<Long> TO_NCHW = List.of(0L, 3L, 1L, 2L);
    private static final List<Long> TO_NHWC = List.of(0L, 2L, 3L, 1L);

    private final Trace trace;

    Evidence(Trace trace) {
        this.trace = trace;
    }

    /**
     * A layout, and how many channels where that is told too.
     *
     * @param channels 0 when unknown
     */
    record Found(Layout layout, long channels) {}

    /** Of a picture that goes in: ONNX convolves and normalises (N, C, H, W) alone. */
    Optional<Found> ofInput(String name) {
        return trace.user(name, PIXELWISE).flatMap(node -> switch (node.op()) {
            case "Conv" -> Optional.of(new Found(Layout.NCHW, axis(node, 1, 1) * group(node)));
            case "BatchNormalization", "InstanceNormalization" -> Optional.of(new Found(Layout.NCHW, axis(node, 1, 0)));
            case "Transpose" -> permuted(node, TO_NCHW, TO_NHWC);
            default -> Optional.empty();
        });
    }

    /** Of a picture that comes out. */
    Optional<Found> ofOutput(String name) {
        return trace.maker(name, BEFORE_OUTPUT).flatMap(node -> switch (node.op()) {
            case "Conv" -> Optional.of(new Found(Layout.NCHW, axis(node, 1, 0)));
            case "ConvTranspose" -> Optional.of(new Found(Layout.NCHW, axis(node, 1, 1) * group(node)));
            case "Transpose" -> permuted(node, TO_NHWC, TO_NCHW);
            default -> Optional.empty();
        });
    }

    private static Optional<Found> permuted(OnnxNode node, List<Long> ofNhwc, List<Long> ofNchw) {
        List<Long> order = node.wholes("perm");
        if (order.equals(ofNhwc)) {
            return Optional.of(new Found(Layout.NHWC, 0));
        }
        return order.equals(ofNchw) ? Optional.of(new Found(Layout.NCHW, 0)) : Optional.empty();
    }

    private long axis(OnnxNode node, int input, int axis) {
        return node.inputs().size() <= input
                ? 0
                : trace.constant(node.inputs().get(input))
                        .map(OnnxTensor::shape)
                        .filter(shape -> shape.size() > axis)
                        .map(shape -> shape.get(axis))
                        .orElse(0L);
    }

    private static long group(OnnxNode node) {
        return node.wholes("group").stream().findFirst().orElse(1L);
    }

    /** The values that go in, from what is first done to them. */
    Optional<ValueRange> inputRange(String name) {
        return trace.user(name, Set.of("Transpose")).flatMap(node -> {
            OptionalDouble by = trace.largest(node, 1);
            if (by.isEmpty()) {
                return Optional.empty();
            }
            double number = by.getAsDouble();
            return switch (node.op()) {
                case "Div" -> number >= 100 && number <= 256 ? Optional.of(ValueRange.BYTES) : Optional.empty();
                case "Mul" -> number >= 1 / 256.0 && number <= 0.01 ? Optional.of(ValueRange.BYTES) : Optional.empty();
                case "Sub" -> {
                    if (number > 1.5 && number < 255) {
                        yield Optional.of(ValueRange.BYTES);
                    }
                    yield number > 0 && number < 1 ? Optional.of(ValueRange.UNIT) : Optional.empty();
                }
                default -> Optional.empty();
            };
        });
    }

    /** The values that come out, from what is last done to them. */
    Optional<ValueRange> outputRange(String name) {
        return trace.maker(name, Set.of("Transpose")).flatMap(node -> switch (node.op()) {
            case "Tanh" -> Optional.of(ValueRange.SIGNED);
            case "Sigmoid" -> Optional.of(ValueRange.UNIT);
            case "Clip" -> clip(node);
            default -> Optional.empty();
        });
    }

    private Optional<ValueRange> clip(OnnxNode node) {
        OptionalDouble low = bound(node, 1, "min");
        OptionalDouble high = bound(node, 2, "max");
        return low.isPresent() && high.isPresent()
                ? ValueRange.between(low.getAsDouble(), high.getAsDouble())
                : Optional.empty();
    }

    /** An attribute up to operator set 10, an input since. */
    private OptionalDouble bound(OnnxNode node, int input, String attribute) {
        OptionalDouble given = trace.largest(node, input);
        if (given.isPresent() || !node.attributes().containsKey(attribute)) {
            return given;
        }
        return node.attributes().get(attribute).real().stream()
                .mapToDouble(Float::doubleValue)
                .findFirst();
    }
}
