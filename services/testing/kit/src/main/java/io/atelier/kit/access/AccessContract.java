package io.atelier.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What holds at every entrance of every service. The service runs with {@link SecuredService} and fixed test ports; the tag
 * lets a module run it in a JVM of its own, since a process is configured once.
 */
@Tag("secured")
public abstract class AccessContract {
    private static final Set<String> OPEN_RPCS = Set.of(
            "grpc.health.v1.Health/Check",
            "grpc.health.v1.Health/Watch",
            "grpc.health.v1.Health/List",
            "inference.GRPCInferenceService/ServerLive",
            "inference.GRPCInferenceService/ServerReady");
    private static final Set<String> OPEN_PATHS =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics");
    /** Those of services that speak the Open Inference Protocol. */
    private static final Set<String> OPEN_INFERENCE_PATHS = Set.of("/v2/health/live", "/v2/health/ready");

    private static final Shown NOTHING = new Shown("nothing", List.of(), "");

    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", port("quarkus.grpc.server.test-port"))
            .usePlaintext()
            .build();

    /** The service's router. */
    protected abstract Router router();

    /** One of the service's own gRPC services, as a check that they are found. */
    protected abstract String service();

    /** One of the service's own HTTP routes, as {@code GET /path/x}, as a check that they are found. */
    protected abstract String route();

    @AfterEach
    void closeChannel() {
        channel.shutdownNow();
    }

    @Test
    void everyRpcRefusesWhomItDoesNotKnow() {
        List<String> wrong = new ArrayList<>();
        for (Rpc rpc : closedRpcs()) {
            for (Shown shown : Callers.refused()) {
                RpcAnswer answer = RpcAnswer.of(channel, rpc, shown);
                boolean refused = answer.status() == Status.Code.UNAUTHENTICATED
                        || answer.status() == Status.Code.PERMISSION_DENIED;
                if (!refused || !answer.reason().equals(shown.code())) {
                    wrong.add(rpc + " with " + shown + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRpcTakesARightCredential() {
        List<String> wrong = new ArrayList<>();
        for (Rpc rpc : closedRpcs()) {
            for (Shown shown : Callers.right()) {
                RpcAnswer answer = RpcAnswer.of(channel, rpc, shown);
                if (Set.of(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED, Status.Code.UNIMPLEMENTED)
                        .contains(answer.status())) {
                    wrong.add(rpc + " with " + shown + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyHttpRouteRefusesWhomItDoesNotKnow() {
        List<String> wrong = new ArrayList<>();
        for (String route : closedRoutes()) {
            for (Shown shown : Callers.refused()) {
                RawHttp answer = http(route, shown);
                boolean refused = answer.status() == 401 || answer.status() == 403;
                boolean told = route.startsWith("HEAD ") || answer.text().contains(shown.code());
                if (!refused || !told) {
                    wrong.add(route + " with " + shown + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyHttpRouteTakesARightCredential() {
        List<String> wrong = new ArrayList<>();
        for (String route : closedRoutes()) {
            for (Shown shown : Callers.right()) {
                RawHttp answer = http(route, shown);
                if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
                    wrong.add(route + " with " + shown + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void healthAndMetersAnswerEverybody() {
        for (String path : OPEN_PATHS) {
            assertThat(http("GET " + path, NOTHING).status()).as(path).isIn(200, 503);
        }
        Set<String> routes = Routes.of(router());
        for (String path : OPEN_INFERENCE_PATHS) {
            if (routes.contains("GET " + path)) {
                assertThat(http("GET " + path, NOTHING).status()).as(path).isIn(200, 503);
            }
        }
        RpcAnswer health = RpcAnswer.of(channel, new Rpc("grpc.health.v1.Health", "Check", false, false), NOTHING);
        assertThat(health.status()).isEqualTo(Status.Code.OK);
    }

    @Test
    void noTrickOpensADoor() {
        String id = "0".repeat(64);
        for (String trick : List.of(
                "GET /q/health/../../artifacts/" + id,
                "GET /q/health/../metrics/../../artifacts/" + id,
                "GET /q/health/..%2f..%2fartifacts/" + id,
                "GET /q/health%2f..%2f..%2fartifacts/" + id,
                "GET /q/health;/../../artifacts/" + id,
                "GET /q/health/live/",
                "GET /v2/health/live/../../models/x",
                "GET /v2/health/ready/../../models/x/ready",
                "POST /v2/health/live",
                "GET //q/health/ready",
                "GET //artifacts/" + id,
                "GET /./artifacts/" + id,
                "GET /%61rtifacts/" + id,
                "GET /artifacts/" + id + "?/q/health",
                "GET /artifacts/" + id + "#/q/health",
                "GET /artifacts%00/" + id,
                "GET /q/%68ealth",
                "GET /Q/health",
                "GET /q/health\\..\\..\\artifacts/" + id,
                "GET http://127.0.0.1/artifacts/" + id,
                "HEAD /artifacts/" + id,
                "OPTIONS /artifacts/" + id,
                "TRACE /artifacts/" + id,
                "PURGE /q/health",
                "POST /q/health",
                "DELETE /q/metrics")) {
            RawHttp answer = http(trick, NOTHING);
            assertThat(answer.status()).as(trick + "\n" + answer.text()).isIn(400, 401);
            assertThat(answer.text()).as(trick).doesNotContain("artifact's id");
        }
        assertThat(http("OPTIONS *", NOTHING)).returns(404, RawHttp::status);
        Shown upgrade = Shown.of(
                "websocket",
                "",
                "Upgrade",
                "websocket",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                "AAAAAAAAAAAAAAAAAAAAAA==");
        assertThat(http("GET /artifacts/" + id, upgrade).status()).isEqualTo(401);
    }

    @Test
    void oversizedCredentialsAreRefused() {
        for (int length : List.of(7_000, 9_000, 100_000)) {
            Shown huge = Shown.of("huge token", "", "authorization", "Bearer " + "a".repeat(length));
            assertThat(http("GET /artifacts/x", huge).status()).as("%d", length).isIn(0, 401, 431);
            RpcAnswer answer = RpcAnswer.of(channel, new Rpc(service(), "None", false, false), huge);
            assertThat(answer.status()).as("%d", length).isNotEqualTo(Status.Code.OK);
        }
    }

    private List<Rpc> closedRpcs() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), Callers.KEY);
        Channel known = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        List<Rpc> closed = Rpcs.of(known).stream()
                .filter(rpc -> !OPEN_RPCS.contains(rpc.fullName()))
                .toList();
        assertThat(closed).extracting(Rpc::service).contains(service());
        return closed;
    }

    private List<String> closedRoutes() {
        List<String> closed = Routes.of(router()).stream()
                .filter(route -> !(route.startsWith("GET ") || route.startsWith("HEAD "))
                        || !isOpen(route.substring(route.indexOf(' ') + 1)))
                .toList();
        assertThat(closed).contains(route());
        return closed;
    }

    private static boolean isOpen(String path) {
        return OPEN_PATHS.contains(path) || OPEN_INFERENCE_PATHS.contains(path);
    }

    private static RawHttp http(String methodAndTarget, Shown shown) {
        return RawHttp.of(port("quarkus.http.test-port"), methodAndTarget, shown);
    }

    private static int port(String setting) {
        return ConfigProvider.getConfig().getValue(setting, Integer.class);
    }
}
