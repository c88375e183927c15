package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The other services this one calls, by their names: image, audio, text, trainer. */
@ConfigMapping(prefix = "atelier.peers")
public interface PeersConfig {
    @WithParentName
    Map<String, Peer> peers();

    /** How one of them is reached. */
    interface Peer {
        /**
         * Its gRPC address, {@code HOST:PORT}: over TLS, on loopback in plain text. {@code http://HOST:PORT} is plain text
         * anywhere, and then without a credential.
         */
        String address();

        /** A file with this service's API key or token, which has the role {@code peer} there; read for every call. */
        Optional<Path> credentialFile();

        /** A PEM file with the authorities of its certificate. Default: the JVM's. */
        Optional<Path> ca();
    }
}
