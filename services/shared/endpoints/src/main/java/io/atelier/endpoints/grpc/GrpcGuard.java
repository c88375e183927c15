package io.atelier.endpoints.grpc;

import io.atelier.endpoints.security.Identity;
import io.atelier.endpoints.security.OpenDoors;
import io.atelier.endpoints.security.Presented;
import io.atelier.endpoints.security.Security;
import io.atelier.endpoints.security.Verdict;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Stands before every RPC of the server, reflection and whatever Quarkus adds included, and lets in who may call. A stream
 * is judged when it opens.
 */
final class GrpcGuard implements ServerInterceptor {
    private static final Context.Key<Identity> IDENTITY = Context.key("atelier-identity");
    private static final Metadata.Key<String> AUTHORIZATION = key(Presented.AUTHORIZATION);
    private static final Metadata.Key<String> API_KEY = key(Presented.API_KEY);
    private static final Metadata.Key<String> ON_BEHALF_OF = key(Presented.ON_BEHALF_OF);

    private final Security security;

    GrpcGuard(Security security) {
        this.security = security;
    }

    /** Who makes the call that the current thread was entered for. */
    static Identity identity() {
        return Objects.requireNonNullElse(IDENTITY.get(), Identity.ANONYMOUS);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (OpenDoors.isOpenRpc(call.getMethodDescriptor().getFullMethodName())) {
            return next.startCall(call, headers);
        }
        Presented presented =
                new Presented(all(headers, AUTHORIZATION), all(headers, API_KEY), all(headers, ON_BEHALF_OF));
        return switch (security.judge(presented)) {
            case Verdict.Admitted admitted ->
                Contexts.interceptCall(Context.current().withValue(IDENTITY, admitted.identity()), call, headers, next);
            case Verdict.Refused refused -> {
                StatusRuntimeException status = GrpcErrors.of(refused.problem(), "");
                call.close(status.getStatus(), GrpcErrors.trailers(status));
                yield new ServerCall.Listener<>() {};
            }
        };
    }

    private static List<String> all(Metadata headers, Metadata.Key<String> key) {
        Iterable<String> values = headers.getAll(key);
        if (values == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        values.forEach(all::add);
        return all;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
