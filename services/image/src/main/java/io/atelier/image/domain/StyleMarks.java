package io.atelier.image.domain;

import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.image.domain.Photograph.Size;
import io.atelier.image.domain.StylizeRequest.FixedSize;
import io.atelier.kernel.Digest;
import io.atelier.models.ModelManifest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a painted photograph says of its making: what shaped its bytes, and nothing else.
 *
 * @param shares the share of each style, by label; empty of a model that has one
 * @param content the digest of the photograph's file
 * @param fixed how a network of one size was used; empty of others
 */
record StyleMarks(
        ModelManifest manifest,
        long seed,
        PictureFormat format,
        SortedMap<String, Double> shares,
        Finish finish,
        Digest content,
        Optional<FixedSize> fixed,
        String deviceClass) {

    Provenance result(Size size) {
        return of(parameters(size));
    }

    Provenance preview(int runs, Size size) {
        SortedMap<String, String> parameters = parameters(size);
        parameters.put("format", lower(PictureFormat.JPEG));
        parameters.put("preview_of_tile", Integer.toString(runs));
        return of(parameters);
    }

    private SortedMap<String, String> parameters(Size size) {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of(
                "content", content.hex(),
                "strength", Double.toString(finish.strength()),
                "keep_colours", Boolean.toString(finish.keepColours()),
                "format", lower(format),
                "size", size.width() + "x" + size.height()));
        if (shares.size() == 1) {
            parameters.put("style", shares.firstKey());
        } else if (!shares.isEmpty()) {
            parameters.put(
                    "blend",
                    shares.entrySet().stream()
                            .map(share -> share.getKey() + ":" + share.getValue())
                            .collect(Collectors.joining(",")));
        }
        fixed.ifPresent(way -> parameters.put("fixed_size", lower(way)));
        return parameters;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Provenance of(SortedMap<String, String> parameters) {
        return new Provenance(manifest.name().value(), manifest.digest(), seed, parameters, deviceClass);
    }
}
