package io.atelier.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file with one API key or token in it; the line end that editors leave is no part of it. */
public final class CredentialFile {
    /** The longest credential, in bytes. */
    public static final int MAX_BYTES = 8000;

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

    private CredentialFile() {}

    /** Reads the credential; nothing when the file holds none: printable ASCII without spaces, up to the limit. */
    public static Optional<String> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return Optional.of(new String(content, StandardCharsets.UTF_8).strip())
                    .filter(value ->
                            content.length <= MAX_BYTES && FORM.matcher(value).matches());
        }
    }
}
