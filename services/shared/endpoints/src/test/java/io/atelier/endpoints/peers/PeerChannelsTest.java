package io.atelier.endpoints.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.endpoints.config.PeersConfig.Peer;
import io.atelier.kit.tls.Authority;
import io.atelier.proto.models.v1.ListModelsRequest;
import io.atelier.proto.models.v1.ListModelsResponse;
import io.atelier.proto.models.v1.ModelServiceGrpc;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that asks for a certificate and a credential gets both, and hears who asked. */
class PeerChannelsTest {
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    private Server server;

    @BeforeEach
    void start() throws IOException {
        Authority authority = new Authority("Authority");
        authority.write(folder.resolve("ca.pem"));
        authority.certify("image", folder.resolve("image.pem"), folder.resolve("image.key"));
        authority.certify("studio", folder.resolve("studio.pem"), folder.resolve("studio.key"));
        server = Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.newBuilder()
                                .keyManager(
                                        folder.resolve("image.pem").toFile(),
                                        folder.resolve("image.key").toFile())
                                .trustManager(folder.resolve("ca.pem").toFile())
                                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                                .build())
                .addService(new Models())
                .intercept(new Seen())
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void peerHearsWhoAsksAndForWhom() throws Exception {
        Path credential = Files.writeString(folder.resolve("key"), "a-key\n");
        PeerChannels peers = new PeerChannels(Map.of("image", peer(credential)), Optional.of(own()));
        call(peers.to("image"));
        call(peers.onBehalfOf("image", "alice"));
        call(peers.onBehalfOf("image", "anonymous"));
        Files.writeString(credential, "next-key");
        call(peers.to("image"));
        peers.close();
        assertThat(shown)
                .containsExactly(
                        "Bearer a-key/null", "Bearer a-key/alice", "Bearer a-key/null", "Bearer next-key/null");
    }

    @Test
    void credentialThatCannotBeReadIsNotShownAndNotRepeated() throws Exception {
        Path credential = Files.writeString(folder.resolve("key"), "two secrets");
        PeerChannels peers = new PeerChannels(Map.of("image", peer(credential)), Optional.of(own()));
        assertThatThrownBy(() -> call(peers.to("image")))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(credential.toString())
                .hasMessageNotContaining("secrets");
        peers.close();
        assertThat(shown).isEmpty();
    }

    private KeyManagerFactory own() throws Exception {
        return new PemKeyCertOptions()
                .setCertPath(folder.resolve("studio.pem").toString())
                .setKeyPath(folder.resolve("studio.key").toString())
                .getKeyManagerFactory(vertx);
    }

    private Peer peer(Path credential) {
        return new Peer() {
            @Override
            public String address() {
                return "127.0.0.1:" + server.getPort();
            }

            @Override
            public Optional<Path> credentialFile() {
                return Optional.of(credential);
            }

            @Override
            public Optional<Path> ca() {
                return Optional.of(folder.resolve("ca.pem"));
            }
        };
    }

    private static void call(Channel channel) {
        assertThat(ModelServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .listModels(ListModelsRequest.getDefaultInstance())
                        .getModelsList())
                .isEmpty();
    }

    private static final class Models extends ModelServiceGrpc.ModelServiceImplBase {
        @Override
        public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
            observer.onNext(ListModelsResponse.getDefaultInstance());
            observer.onCompleted();
        }
    }

    private final class Seen implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            shown.add(value(headers, "authorization") + "/" + value(headers, "atelier-on-behalf-of"));
            return next.startCall(call, headers);
        }

        private static String value(Metadata headers, String name) {
            return String.valueOf(headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
    }
}
