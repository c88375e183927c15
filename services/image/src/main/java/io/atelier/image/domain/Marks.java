package io.atelier.image.domain;

import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.models.ModelManifest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the works of one request say of their making. A picture's mark holds what shaped its bytes and nothing else, so that
 * it is the same file whatever it was made together with.
 *
 * @param making what the model's own way of making depends on, by parameter
 */
record Marks(ModelManifest manifest, long seed, PictureFormat format, Map<String, String> making, String deviceClass) {

    /** The name of a label, or its index when the model has no names. */
    String label(int index) {
        return index < manifest.labels().size() ? manifest.labels().get(index) : Integer.toString(index);
    }

    Provenance picture(String label, int index, int size) {
        SortedMap<String, String> parameters = common(size);
        parameters.put("label", label);
        parameters.put("index", Integer.toString(index));
        return of(parameters);
    }

    Provenance preview(String label, int index, int size, int step) {
        SortedMap<String, String> parameters = common(size);
        parameters.put("label", label);
        parameters.put("index", Integer.toString(index));
        parameters.put("preview_of_step", Integer.toString(step));
        return of(parameters);
    }

    Provenance sheet(int[] labels, int size) {
        SortedMap<String, String> parameters = common(size);
        parameters.put("labels", Arrays.stream(labels).mapToObj(this::label).collect(Collectors.joining(",")));
        parameters.put("contact_sheet", "true");
        return of(parameters);
    }

    private SortedMap<String, String> common(int size) {
        SortedMap<String, String> parameters = new TreeMap<>(making);
        parameters.put("format", format.name().toLowerCase(Locale.ROOT));
        parameters.put("size", Integer.toString(size));
        return parameters;
    }

    private Provenance of(SortedMap<String, String> parameters) {
        return new Provenance(manifest.name().value(), manifest.digest(), seed, parameters, deviceClass);
    }
}
