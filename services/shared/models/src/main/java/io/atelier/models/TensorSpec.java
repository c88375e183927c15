package io.atelier.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One input or output of a graph.
 *
 * @param name the tensor's name in the graph
 * @param role what it means: latent, label, image, logits, time, velocity, style, noise, moments
 * @param type ONNX element type: float32, int64
 * @param shape dimensions; a dynamic axis is -1
 * @param layout axes by letter, such as NCHW, or empty
 * @param range value range, such as {@code -1..1}, or empty
 * @param channels what the channels are: grey, rgb, rgba-premultiplied; or empty
 * @param mean per channel, subtracted after scaling to range; empty when none
 * @param deviation per channel, divided by after subtracting the mean; empty when none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TensorSpec(
        String name,
        String role,
        String type,
        List<Long> shape,
        Optional<String> layout,
        Optional<String> range,
        Optional<String> channels,
        List<Float> mean,
        List<Float> deviation) {
    public TensorSpec {
        Objects.requireNonNull(name, "a tensor's name is missing");
        Objects.requireNonNull(role, "a tensor's role is missing");
        Objects.requireNonNull(type, "a tensor's type is missing");
        shape = List.copyOf(Objects.requireNonNullElse(shape, List.of()));
        mean = List.copyOf(Objects.requireNonNullElse(mean, List.of()));
        deviation = List.copyOf(Objects.requireNonNullElse(deviation, List.of()));
    }

    public static TensorSpec of(String name, String role, String type, Long... shape) {
        return new TensorSpec(
                name,
                role,
                type,
                List.of(shape),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** The same tensor as a picture. */
    public TensorSpec picture(String pictureLayout, String pictureRange, String pictureChannels) {
        return new TensorSpec(
                name,
                role,
                type,
                shape,
                Optional.of(pictureLayout),
                Optional.of(pictureRange),
                Optional.of(pictureChannels),
                mean,
                deviation);
    }
}
