package io.atelier.oip.rest;

import io.atelier.endpoints.grpc.Calls;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.oip.Caller;
import io.atelier.oip.GraphName;
import io.atelier.oip.InferRequest;
import io.atelier.oip.OpenInference;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The protocol's paths. They take places beside gRPC calls, out of the same number ({@code
 * atelier.requests.max-in-flight}); those for health take none.
 */
@Singleton
final class OpenInferenceRoutes {
    private static final String ENTRANCE = "oip-rest";
    private static final String MODEL = "/v2/models/:model";
    private static final String VERSION = MODEL + "/versions/:version";

    private final OpenInference inference;
    private final Calls calls;
    private final Bodies bodies;

    OpenInferenceRoutes(OpenInference inference, Calls calls) {
        this.inference = inference;
        this.calls = calls;
        this.bodies = new Bodies(inference.limits());
    }

    void register(@Observes Router router) {
        router.get("/v2/health/live").handler(context -> health(context, "live", true));
        router.get("/v2/health/ready").handler(context -> health(context, "ready", isReady()));
        get(router, "/v2", exchange -> exchange.json(JsonAnswers.server()));
        get(
                router,
                "/v2/models/stats",
                exchange -> exchange.json(
                        JsonAnswers.statistics(inference.statistics().of(Optional.empty()))));
        for (String path : new String[] {MODEL, VERSION}) {
            get(router, path, this::metadata);
            get(router, path + "/ready", this::ready);
            get(router, path + "/stats", this::statistics);
            post(router, path + "/infer", this::infer);
        }
        post(router, "/v2/repository/index", this::index);
    }

    private boolean isReady() {
        return inference.graphs().allReady() && !calls.draining();
    }

    private static void health(RoutingContext context, String name, boolean well) {
        context.response()
                .setStatusCode(well ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(JsonAnswers.state(name, well)));
    }

    private void get(Router router, String path, Consumer<Exchange> answer) {
        router.get(path).handler(context -> {
            Exchange exchange = new Exchange(context);
            calls.admit(exchange.call(), exchange::fail, () -> answer.accept(exchange));
        });
    }

    private void post(Router router, String path, BiConsumer<Exchange, byte[]> answer) {
        router.route(path).method(HttpMethod.POST).handler(context -> {
            Exchange exchange = new Exchange(context);
            bodies.read(
                    exchange,
                    body -> calls.admit(exchange.call(), exchange::fail, () -> answer.accept(exchange, body)));
        });
    }

    private static GraphName graph(Exchange exchange) {
        return GraphName.of(exchange.path("model"), exchange.path("version"));
    }

    private void metadata(Exchange exchange) {
        exchange.json(JsonAnswers.metadata(inference.graphs().describe(graph(exchange))));
    }

    private void ready(Exchange exchange) {
        inference.graphs().requireReady(graph(exchange));
        exchange.json(JsonAnswers.ready(exchange.path("model")));
    }

    private void statistics(Exchange exchange) {
        exchange.json(JsonAnswers.statistics(inference.statistics().of(Optional.of(graph(exchange)))));
    }

    private void index(Exchange exchange, byte[] body) {
        exchange.json(JsonAnswers.index(inference.graphs().index(body.length > 0 && IndexBody.isReadyOnly(body))));
    }

    private void infer(Exchange exchange, byte[] body) {
        String encoding = exchange.context().request().getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.field(
                            ErrorCode.UNDECODABLE,
                            "Content-Encoding",
                            "identity",
                            "Bodies are taken uncompressed only.")
                    .exception();
        }
        GraphName graph = graph(exchange);
        int jsonLength = Binary.jsonLength(exchange.context().request().getHeader(Binary.HEADER), body.length);
        InferBody read = InferBody.read(body, jsonLength);
        InferRequest request = read.request(graph);
        Caller caller =
                new Caller(ENTRANCE, exchange.call().client(), exchange.call().deadline(), exchange.cancellation());
        InferAnswer answer = InferAnswer.of(inference.infer().run(request, caller), read::isBinary);
        if (answer.isBinary()) {
            exchange.binary(answer.body(), answer.jsonLength());
        } else {
            exchange.json(answer.body());
        }
    }
}
