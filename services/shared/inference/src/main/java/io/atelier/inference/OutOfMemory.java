package io.atelier.inference;

import java.util.List;
import java.util.Locale;

/** Tells by its words that memory was out: ONNX Runtime 1.29 and CUDA have no code for it. */
public final class OutOfMemory {
    private static final List<String> WORDS = List.of(
            "failed to allocate memory",
            "bad_alloc",
            "bad allocation",
            "would require more than",
            "out of memory",
            "alloc_failed");

    private OutOfMemory() {}

    /** Whether a message of theirs says so. */
    public static boolean isToldBy(String message) {
        String plain = message.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(plain::contains);
    }
}
