package io.atelier.endpoints.grpc;

import io.atelier.endpoints.security.Identity;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Reads a call's {@link CallInfo} once, and names the request in the answer's headers and trailers. */
@GlobalInterceptor
@Singleton
public final class CallInterceptor implements ServerInterceptor {
    /** Names the request; the answer is kept under it. */
    public static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("atelier-request-id", Metadata.ASCII_STRING_MARSHALLER);

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}");

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String given = headers.get(REQUEST_ID);
        if (given != null && !FORM.matcher(given).matches()) {
            StatusRuntimeException refused = GrpcErrors.of(
                    Problem.field(
                            ErrorCode.MALFORMED_ID,
                            REQUEST_ID.originalName(),
                            FORM.pattern(),
                            "A request id is 1 to 128 letters, digits and . _ : / @ + -, starting with a letter or digit."),
                    "");
            call.close(refused.getStatus(), GrpcErrors.trailers(refused));
            return new ServerCall.Listener<>() {};
        }
        String id = given == null ? UUID.randomUUID().toString() : given;
        CallInfo info = info(id, call);
        return Contexts.interceptCall(
                Context.current().withValue(CallInfo.KEY, info), new Named<>(call, id), headers, next);
    }

    /** Whoever is known by a credential has one place in every queue, from wherever they call. */
    private static CallInfo info(String id, ServerCall<?, ?> call) {
        Identity identity = GrpcGuard.identity();
        if (!identity.isAnonymous()) {
            return new CallInfo(id, identity.principal(), identity.principal(), deadline());
        }
        String principal = principal(call);
        return new CallInfo(id, principal, principal + "@" + address(call), deadline());
    }

    private static Deadline deadline() {
        io.grpc.@Nullable Deadline given = Context.current().getDeadline();
        return Deadline.of(Optional.ofNullable(given)
                .map(left -> Instant.now().plusNanos(Math.max(0, left.timeRemaining(TimeUnit.NANOSECONDS)))));
    }

    private static String principal(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session != null) {
            try {
                return session.getPeerPrincipal().getName();
            } catch (SSLPeerUnverifiedException e) {
                return "anonymous"; // TLS without a client certificate
            }
        }
        return "anonymous";
    }

    private static String address(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress from
                ? from.getHostString()
                : "local";
    }

    private static final class Named<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final String id;

        Named(ServerCall<Q, A> call, String id) {
            super(call);
            this.id = id;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headers.put(REQUEST_ID, id);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            trailers.discardAll(REQUEST_ID);
            trailers.put(REQUEST_ID, id);
            super.close(status, trailers);
        }
    }
}
