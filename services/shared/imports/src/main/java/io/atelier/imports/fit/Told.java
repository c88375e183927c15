package io.atelier.imports.fit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says of a model, beside what it tells itself.
 *
 * @param layout of pictures
 * @param range of the pictures that go in, of a generator of those that come out
 * @param outputRange of pictures that come out, where it is another
 * @param mean per channel, subtracted after scaling to the range; empty for none
 * @param deviation per channel, divided by after that; empty for none
 * @param channels what the channels are, by their name in model.json
 * @param size of pictures, where the model leaves it open
 * @param labels the classes in order; empty when not told
 * @param roles roles of inputs and outputs by their names
 */
public record Told(
        Optional<Layout> layout,
        Optional<ValueRange> range,
        Optional<ValueRange> outputRange,
        List<Float> mean,
        List<Float> deviation,
        Optional<String> channels,
        Optional<Size> size,
        List<String> labels,
        Map<String, String> roles) {
    /** Nothing. */
    public static final Told NOTHING = new Told(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of());

    public Told {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        labels = List.copyOf(labels);
        roles = Map.copyOf(roles);
    }

    /** Whether a tensor was given this role. */
    boolean isRole(String tensor, String role) {
        return role.equals(roles.get(tensor));
    }
}
