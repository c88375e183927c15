package io.atelier.endpoints.peers;

import io.atelier.endpoints.security.Presented;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A mounted credential. It is read for every call: a few bytes, and always the current ones. */
final class CredentialFile {
    private static final int MAX_BYTES = 8000;
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

    private final Path path;

    CredentialFile(Path path) {
        this.path = path;
    }

    /** Adds it after {@code Bearer}, which services take for keys as for tokens. */
    void addTo(Metadata headers) {
        headers.put(Metadata.Key.of(Presented.AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), "Bearer " + read());
    }

    private String read() {
        try (InputStream in = Files.newInputStream(path)) {
            String value = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            if (FORM.matcher(value).matches()) {
                return value;
            }
        } catch (IOException e) {
            throw unusable().withCause(e).asRuntimeException();
        }
        throw unusable().asRuntimeException();
    }

    private Status unusable() {
        return Status.UNAVAILABLE.withDescription("This service's own credential for its peer cannot be read: " + path);
    }
}
