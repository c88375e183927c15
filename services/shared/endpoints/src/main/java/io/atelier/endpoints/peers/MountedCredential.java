package io.atelier.endpoints.peers;

import io.atelier.endpoints.security.Presented;
import io.atelier.kernel.CredentialFile;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;

/** A mounted credential. It is read for every call: a few bytes, and always the current ones. */
final class MountedCredential {
    private final Path path;

    MountedCredential(Path path) {
        this.path = path;
    }

    /** Adds it after {@code Bearer}, which services take for keys as for tokens. */
    void addTo(Metadata headers) {
        headers.put(Metadata.Key.of(Presented.AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), "Bearer " + read());
    }

    private String read() {
        try {
            return CredentialFile.read(path).orElseThrow(() -> unusable().asRuntimeException());
        } catch (IOException e) {
            throw unusable().withCause(e).asRuntimeException();
        }
    }

    private Status unusable() {
        return Status.UNAVAILABLE.withDescription("This service's own credential for its peer cannot be read: " + path);
    }
}
