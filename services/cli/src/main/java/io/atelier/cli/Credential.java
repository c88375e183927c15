package io.atelier.cli;

import io.grpc.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** An API key or a token, as it stands in a file; the line end that editors leave is no part of it. */
final class Credential {
    private static final int MAX_BYTES = 8000;
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern TOKEN = Pattern.compile("[^.]+\\.[^.]+\\.[^.]*");

    private final String value;

    private Credential(String value) {
        this.value = value;
    }

    /** Reads a credential; a {@link CommandException} says what is wrong with the file, never what it holds. */
    static Credential read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            String value = new String(content, StandardCharsets.UTF_8).strip();
            if (content.length > MAX_BYTES || !FORM.matcher(value).matches()) {
                throw CommandException.failed("--credential-file names " + file
                        + ", which does not hold one API key or token: printable ASCII, at most " + MAX_BYTES
                        + " characters.");
            }
            return new Credential(value);
        } catch (IOException e) {
            throw CommandException.failed("--credential-file names " + file + ", which cannot be read ("
                    + e.getClass().getSimpleName() + ").");
        }
    }

    /** The header that shows it: tokens after {@code Bearer}, keys in {@code x-api-key}. */
    Metadata header() {
        boolean token = TOKEN.matcher(value).matches();
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of(token ? "authorization" : "x-api-key", Metadata.ASCII_STRING_MARSHALLER),
                token ? "Bearer " + value : value);
        return headers;
    }
}
