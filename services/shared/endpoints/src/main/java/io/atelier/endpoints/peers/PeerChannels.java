package io.atelier.endpoints.peers;

import io.atelier.endpoints.config.PeersConfig;
import io.atelier.endpoints.config.PeersConfig.Peer;
import io.atelier.endpoints.security.Identity;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.quarkus.arc.Unremovable;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * Channels to the services that {@code atelier.peers} names, one for each, opened on first use. A call carries this service's
 * credential and, in {@code atelier-on-behalf-of}, whoever asked this service.
 *
 * <p>Thread-safe.
 */
@Unremovable // its settings are a mistake only where they are wrong, not where no one asks yet
@Singleton
public final class PeerChannels {
    private final Map<String, Peer> peers;
    private final Optional<KeyManagerFactory> own;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

    @Inject
    PeerChannels(PeersConfig config, TlsConfigurationRegistry registry, Vertx vertx) {
        this(config.peers(), OwnCertificate.of(registry, vertx));
    }

    PeerChannels(Map<String, Peer> peers, Optional<KeyManagerFactory> own) {
        this.peers = Map.copyOf(peers);
        this.own = own;
    }

    /**
     * A channel for work of this service's own; an {@link IllegalStateException} names the setting when it is missing or does
     * not fit.
     */
    public Channel to(String service) {
        return channel(service, Optional.empty());
    }

    /** A channel for work that a caller asked for: {@code CallInfo.principal}, or the owner of a job. */
    public Channel onBehalfOf(String service, String principal) {
        return channel(service, Optional.of(principal).filter(name -> !Identity.isAnonymous(name)));
    }

    private Channel channel(String service, Optional<String> caller) {
        Peer peer = peers.get(service);
        if (peer == null) {
            throw new IllegalStateException("atelier.peers." + service + ".address is not set");
        }
        ManagedChannel channel = channels.computeIfAbsent(
                service, name -> PeerAddress.of(name, peer).open(peer.ca(), own));
        return ClientInterceptors.intercept(channel, new InTheNameOf(peer.credentialFile(), caller));
    }

    @PreDestroy
    void close() throws InterruptedException {
        channels.values().forEach(ManagedChannel::shutdown);
        for (ManagedChannel channel : channels.values()) {
            if (!channel.awaitTermination(5, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        }
    }
}
