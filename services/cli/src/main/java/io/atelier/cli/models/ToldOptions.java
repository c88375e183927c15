package io.atelier.cli.models;

import io.atelier.cli.CommandException;
import io.atelier.imports.fit.Layout;
import io.atelier.imports.fit.Size;
import io.atelier.imports.fit.Told;
import io.atelier.imports.fit.ValueRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a user may say of a model that does not say it itself. */
final class ToldOptions {
    private static final int MOST_LABEL_BYTES = 1 << 20;
    private static final int LONGEST_LABEL = 256;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
    private static final List<String> CHANNELS = List.of("grey", "rgb", "rgba-premultiplied");
    private static final List<String> ROLES = List.of("image", "latent", "label", "logits", "probabilities");

    @Option(names = "--layout", paramLabel = "NCHW|NHWC", description = "The order of its pictures' axes.")
    private @Nullable Layout layout;

    @Option(
            names = "--range",
            paramLabel = "0..255|0..1|-1..1",
            description = "What black and full light are in its pictures.")
    private @Nullable String range;

    @Option(
            names = "--output-range",
            paramLabel = "0..255|0..1|-1..1",
            description = "The same of the pictures that come out, where it differs.")
    private @Nullable String outputRange;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "X",
            description = "For each channel, with commas: what is subtracted after scaling to the range.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "X",
            description = "For each channel, with commas: what is divided by after that.")
    private List<Float> deviation = List.of();

    @Option(
            names = "--channels",
            paramLabel = "NAME",
            description = "What its channels are: grey, rgb or rgba-premultiplied.")
    private @Nullable String channels;

    @Option(names = "--size", paramLabel = "WIDTHxHEIGHT", description = "The size of its pictures, where it is open.")
    private @Nullable String size;

    @Option(names = "--labels", paramLabel = "FILE", description = "The names of its classes in order, one a line.")
    private @Nullable Path labels;

    @Option(
            names = "--role",
            paramLabel = "NAME=ROLE",
            description = "What an input or output is: image, latent, label, logits or probabilities.")
    private Map<String, String> roles = new LinkedHashMap<>();

    Told told() throws IOException {
        if (channels != null && !CHANNELS.contains(channels)) {
            throw CommandException.usage("--channels is one of " + CHANNELS + ", not " + channels + ".");
        }
        roles.forEach((tensor, role) -> {
            if (!ROLES.contains(role)) {
                throw CommandException.usage("--role gives " + tensor + " one of " + ROLES + ", not " + role + ".");
            }
        });
        if (mean.stream().anyMatch(value -> !Float.isFinite(value))
                || deviation.stream().anyMatch(value -> !(value > 0 && Float.isFinite(value)))) {
            throw CommandException.usage("--mean takes finite numbers, and --std numbers above 0.");
        }
        return new Told(
                Optional.ofNullable(layout),
                range("--range", range),
                range("--output-range", outputRange),
                mean,
                deviation,
                Optional.ofNullable(channels),
                size(),
                labels(),
                roles);
    }

    private static Optional<ValueRange> range(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(ValueRange.byText(text)
                .orElseThrow(() -> CommandException.usage(option + " is one of "
                        + Arrays.stream(ValueRange.values())
                                .map(ValueRange::text)
                                .toList()
                        + ", not " + text + ".")));
    }

    private Optional<Size> size() {
        if (size == null) {
            return Optional.empty();
        }
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw CommandException.usage("--size is WIDTHxHEIGHT in pixels, such as 224x224, not " + size + ".");
        }
        return Optional.of(new Size(Long.parseLong(sides.group(1)), Long.parseLong(sides.group(2))));
    }

    private List<String> labels() throws IOException {
        if (labels == null) {
            return List.of();
        }
        if (!Files.isRegularFile(labels)) {
            throw CommandException.failed("The file of labels " + labels + " is not there, or no plain file.");
        }
        try (InputStream in = Files.newInputStream(labels)) {
            byte[] bytes = in.readNBytes(MOST_LABEL_BYTES + 1);
            List<String> lines = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .stripTrailing()
                    .lines()
                    .map(String::strip)
                    .toList();
            boolean bad = lines.stream()
                    .anyMatch(line -> line.isEmpty()
                            || line.length() > LONGEST_LABEL
                            || line.chars().anyMatch(Character::isISOControl));
            if (bad || lines.isEmpty() || bytes.length > MOST_LABEL_BYTES) {
                throw CommandException.failed("The file of labels " + labels + " has one label of 1 to " + LONGEST_LABEL
                        + " characters a line, and at most " + MOST_LABEL_BYTES + " bytes.");
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw CommandException.failed("The file of labels " + labels + " is not UTF-8.");
        }
    }
}
