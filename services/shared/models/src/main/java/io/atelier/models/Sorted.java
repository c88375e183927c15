package io.atelier.models;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps whose order is their keys', so that equal manifests have equal bytes. */
final class Sorted {
    private Sorted() {}

    static <V> SortedMap<String, V> copy(Map<String, V> map) {
        map.forEach((key, value) -> Objects.requireNonNull(value, () -> key + " is null"));
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
