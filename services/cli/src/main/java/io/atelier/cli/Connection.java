package io.atelier.cli;

import io.atelier.kernel.Loopback;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a service is reached, and what is shown to it.
 *
 * @param target {@code HOST:PORT}, or {@code https://HOST:PORT} for TLS with the authorities this machine trusts
 * @param credential the file with the API key or token
 * @param ca the authority of the service's certificate; TLS is used when it is given
 * @param cert this client's certificate
 * @param key its private key
 */
record Connection(
        String target, Optional<Path> credential, Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {
    private static final String TLS = "https://";

    /** Opens a channel; a {@link CommandException} says what does not fit together or cannot be read. */
    ManagedChannel open() {
        if (cert.isPresent() != key.isPresent()) {
            throw CommandException.usage("--cert and --key belong together: a certificate and its private key.");
        }
        boolean tls = target.startsWith(TLS) || ca.isPresent() || cert.isPresent();
        String address = target.startsWith(TLS) ? target.substring(TLS.length()) : target;
        ManagedChannelBuilder<?> builder =
                Grpc.newChannelBuilder(address, tls ? encrypted() : InsecureChannelCredentials.create());
        if (credential.isPresent()) {
            if (!tls && !Loopback.isTarget(address)) {
                throw CommandException.usage("A credential is not sent to " + address
                        + " without encryption. Name the service's authority with --ca FILE, or write --target " + TLS
                        + address + " when this machine trusts it.");
            }
            builder.intercept(MetadataUtils.newAttachHeadersInterceptor(
                    Credential.read(credential.get()).header()));
        }
        return builder.build();
    }

    private ChannelCredentials encrypted() {
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        try {
            if (ca.isPresent()) {
                credentials.trustManager(readable("--ca", ca.get()).toFile());
            }
            if (cert.isPresent() && key.isPresent()) {
                credentials.keyManager(
                        readable("--cert", cert.get()).toFile(),
                        readable("--key", key.get()).toFile());
            }
        } catch (IOException e) {
            throw CommandException.failed("A certificate file cannot be read: " + e.getMessage());
        }
        return credentials.build();
    }

    private static Path readable(String option, Path file) {
        if (!Files.isReadable(file)) {
            throw CommandException.failed(option + " names " + file + ", which cannot be read.");
        }
        return file;
    }
}
