package io.atelier.endpoints.peers;

import io.atelier.endpoints.config.PeersConfig.Peer;
import io.atelier.kernel.Loopback;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;

/**
 * Where a peer is, and whether the way there is encrypted. A credential never goes over a network in plain text.
 *
 * @param target {@code HOST:PORT}
 */
record PeerAddress(String setting, String target, boolean encrypted) {
    private static final String PLAIN = "http://";
    private static final String TLS = "https://";

    static PeerAddress of(String service, Peer peer) {
        String setting = "atelier.peers." + service;
        String address = peer.address();
        boolean plain = address.startsWith(PLAIN);
        String target = address.replaceFirst("^https?://", "");
        boolean loopback = Loopback.isTarget(target);
        boolean encrypted = address.startsWith(TLS) || peer.ca().isPresent() || !plain && !loopback;
        if (!encrypted && !loopback && peer.credentialFile().isPresent()) {
            throw new IllegalStateException(setting + ".address is " + address + " and " + setting
                    + ".credential-file is set: a credential is not sent over a network in plain text. Write https://");
        }
        return new PeerAddress(setting, target, encrypted);
    }

    ManagedChannel open(Optional<Path> ca, Optional<KeyManagerFactory> own) {
        return Grpc.newChannelBuilder(target, encrypted ? tls(ca, own) : InsecureChannelCredentials.create())
                .build();
    }

    private ChannelCredentials tls(Optional<Path> ca, Optional<KeyManagerFactory> own) {
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        try {
            if (ca.isPresent()) {
                credentials.trustManager(ca.get().toFile());
            }
        } catch (IOException e) {
            throw new IllegalStateException(setting + ".ca names " + ca.get() + ", which cannot be read", e);
        }
        own.ifPresent(factory -> credentials.keyManager(factory.getKeyManagers()));
        return credentials.build();
    }
}
