package io.atelier.endpoints.grpc;

import io.atelier.kernel.Deadline;
import io.grpc.Context;

/**
 * What a call brings beside its message.
 *
 * @param requestId metadata {@code atelier-request-id}, or a fresh one
 * @param principal who calls by their credential, or for whom a peer calls; by their client certificate where no credential
 *     is asked for; else {@code anonymous}
 * @param client whose turn it is when clients wait for a session: who calls by a credential, else the principal and the
 *     address it calls from
 * @param deadline until when the answer is wanted
 */
public record CallInfo(String requestId, String principal, String client, Deadline deadline) {
    static final Context.Key<CallInfo> KEY = Context.key("atelier-call");

    /** The info of the call that the current thread was entered for; valid until the service method returns. */
    public static CallInfo current() {
        return KEY.get();
    }
}
