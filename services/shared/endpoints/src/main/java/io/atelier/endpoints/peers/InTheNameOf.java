package io.atelier.endpoints.peers;

import io.atelier.endpoints.security.Presented;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.nio.file.Path;
import java.util.Optional;

/** Shows this service's credential, and names who asked it to call. */
final class InTheNameOf implements ClientInterceptor {
    private final Optional<MountedCredential> credential;
    private final Optional<String> caller;

    InTheNameOf(Optional<Path> credential, Optional<String> caller) {
        this.credential = credential.map(MountedCredential::new);
        this.caller = caller;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                if (credential.isPresent()) { // without one nobody would be believed
                    credential.get().addTo(headers);
                    caller.ifPresent(name -> headers.put(
                            Metadata.Key.of(Presented.ON_BEHALF_OF, Metadata.ASCII_STRING_MARSHALLER), name));
                }
                super.start(listener, headers);
            }
        };
    }
}
