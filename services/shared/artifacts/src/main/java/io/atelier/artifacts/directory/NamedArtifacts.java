package io.atelier.artifacts.directory;

import java.util.Arrays;

/**
 * The artifacts that outcomes name, 8 bytes each: the first 16 of the id's digits. Two ids that share them (a chance of
 * one in millions even among a million) keep each other longer, which harms nobody.
 */
final class NamedArtifacts {
    private final long[] sorted;

    private NamedArtifacts(long[] sorted) {
        this.sorted = sorted;
    }

    static NamedArtifacts none() {
        return new NamedArtifacts(new long[0]);
    }

    static Builder builder() {
        return new Builder();
    }

    boolean contains(String id) {
        return Arrays.binarySearch(sorted, prefix(id)) >= 0;
    }

    private static long prefix(String id) {
        return Long.parseUnsignedLong(id.substring(0, 16), 16);
    }

    /** Collects names. */
    static final class Builder {
        private long[] found = new long[1024];
        private int count;

        void add(String id) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = prefix(id);
        }

        NamedArtifacts build() {
            long[] sorted = Arrays.copyOf(found, count);
            Arrays.sort(sorted);
            return new NamedArtifacts(sorted);
        }
    }
}
