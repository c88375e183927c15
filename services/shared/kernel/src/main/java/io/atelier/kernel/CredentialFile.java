package io.atelier.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file with one API key or token. The line end that editors leave is no part of it. */
public final class CredentialFile {
    /** More does not fit into a request's headers beside what else stands there. */
    public static final int MAX_BYTES = 8000;

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

    private CredentialFile() {}

    /** What it holds; nothing when that is no single word of printable ASCII, or longer than {@link #MAX_BYTES}. */
    public static Optional<String> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return Optional.of(new String(content, StandardCharsets.UTF_8).strip())
                    .filter(value -> content.length <= MAX_BYTES)
                    .filter(value -> FORM.matcher(value).matches());
        }
    }
}
