package io.atelier.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a machine may have too little of. Systems and native libraries tell it in words alone once it is a Java exception. */
public enum Shortage {
    DISK("no space left on device", "disk quota exceeded", "file too large", "not enough space on the disk"),
    MEMORY(
            "can't allocate memory",
            "not enough memory",
            "cannot allocate memory",
            "out of memory",
            "bad_alloc",
            "physical memory usage is too high");

    private final List<String> phrases;

    Shortage(String... phrases) {
        this.phrases = List.of(phrases);
    }

    /** Whether a failure, or one that it comes from, tells of this. */
    public boolean caused(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(message -> phrases.stream().anyMatch(message::contains));
    }
}
