package io.atelier.endpoints.http;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.endpoints.http.ByteRange.Wanted;
import io.atelier.kernel.Digest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Serves {@code GET} and {@code HEAD /artifacts/{sha256}} with ranges. The name is the content, so an answer may be cached
 * for good.
 */
@Singleton
final class ArtifactRoute {
    private final ArtifactStore store;
    private final Reads reads;

    ArtifactRoute(ArtifactStore store, Reads reads) {
        this.store = store;
        this.reads = reads;
    }

    void register(@Observes Router router) {
        router.route("/artifacts/:id")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> reads.run(context, this::answer));
    }

    private void answer(RoutingContext context) throws IOException {
        String id = Objects.requireNonNullElse(context.pathParam("id"), "");
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (!Digest.isValid(id)) {
            response.setStatusCode(400).end("An artifact's id is 64 lower-case hex digits.\n");
            return;
        }
        Optional<ArtifactInfo> found = store.find(new Digest(id));
        if (found.isEmpty()) {
            response.setStatusCode(404).end("No artifact of this id is stored.\n");
            return;
        }
        serve(context, found.get());
    }

    private void serve(RoutingContext context, ArtifactInfo info) throws IOException {
        HttpServerResponse response = context.response();
        String etag = '"' + info.id().hex() + '"';
        response.putHeader("ETag", etag)
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Cache-Control", HttpGuard.cacheControl(context))
                .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
                .putHeader("Content-Type", info.mediaType())
                .putHeader("Content-Disposition", Disposition.of(info));
        if (names(header(context, "If-None-Match"), etag)) {
            response.setStatusCode(304).end();
            return;
        }
        boolean sameFile = header(context, "If-Range").map(etag::equals).orElse(true);
        switch (ByteRange.wanted(sameFile ? header(context, "Range") : Optional.empty(), info.size())) {
            case Wanted.Whole whole -> send(context, info, new ByteRange(0, info.size()), 200);
            case Wanted.Part part -> {
                response.putHeader("Content-Range", part.range().contentRange(info.size()));
                send(context, info, part.range(), 206);
            }
            case Wanted.Nothing nothing ->
                response.setStatusCode(416)
                        .putHeader("Content-Range", "bytes */" + info.size())
                        .end();
        }
    }

    private void send(RoutingContext context, ArtifactInfo info, ByteRange range, int status) throws IOException {
        HttpServerResponse response = context.response();
        response.setStatusCode(status).putHeader("Content-Length", Long.toString(range.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        PacedBody.send(store.open(info.id(), range.start()), range.length(), response);
    }

    private static boolean names(Optional<String> ifNoneMatch, String etag) {
        return ifNoneMatch.map(list -> list.equals("*") || list.contains(etag)).orElse(false);
    }

    private static Optional<String> header(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getHeader(name));
    }
}
