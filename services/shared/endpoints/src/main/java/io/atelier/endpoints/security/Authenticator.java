package io.atelier.endpoints.security;

import io.atelier.kernel.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells who calls from what a call shows. A call shows one credential: an API key in {@code x-api-key} or after {@code
 * Bearer}, or a token after {@code Bearer}. A peer may name the caller it acts for.
 *
 * <p>Thread-safe; never blocks.
 */
final class Authenticator {
    private static final int MAX_LENGTH = 8000;
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]+)");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

    private final Optional<Verifier> apiKeys;
    private final Optional<Verifier> tokens;

    Authenticator(Optional<Verifier> apiKeys, Optional<Verifier> tokens) {
        this.apiKeys = apiKeys;
        this.tokens = tokens;
    }

    /** Judges a call by its headers. */
    Verdict judge(Presented presented) {
        int credentials = presented.authorization().size() + presented.apiKeys().size();
        if (credentials == 0) {
            return Verdict.refused(ErrorCode.NO_CREDENTIAL, "The call carries no credential. " + howTo());
        }
        if (credentials > 1) {
            return malformed("The call carries " + credentials + " credentials; send one.");
        }
        Verdict verdict = presented.apiKeys().isEmpty()
                ? bearer(presented.authorization().getFirst())
                : apiKey(presented.apiKeys().getFirst());
        return verdict instanceof Verdict.Admitted admitted ? named(admitted, presented.onBehalfOf()) : verdict;
    }

    /** Judges a call where nobody is asked for a credential: it still cannot name another caller. */
    static Verdict unasked(Presented presented) {
        return named(new Verdict.Admitted(Identity.ANONYMOUS), presented.onBehalfOf());
    }

    private Verdict bearer(String header) {
        if (header.length() > MAX_LENGTH) {
            return tooLong();
        }
        var match = BEARER.matcher(header);
        if (!match.matches()) {
            return malformed("The authorization header is not of the form 'Bearer CREDENTIAL'. " + howTo());
        }
        String credential = match.group(1);
        if (tokens.isPresent() && (apiKeys.isEmpty() || isToken(credential))) {
            return tokens.get().verify(credential);
        }
        return apiKey(credential);
    }

    private Verdict apiKey(String key) {
        if (key.length() > MAX_LENGTH) {
            return tooLong();
        }
        if (!KEY.matcher(key).matches()) {
            return malformed("An API key is printable ASCII without spaces or line ends.");
        }
        return apiKeys.map(keys -> keys.verify(key))
                .orElseGet(() ->
                        Verdict.refused(ErrorCode.CREDENTIAL_REFUSED, "API keys are not accepted here. " + howTo()));
    }

    private static Verdict named(Verdict.Admitted admitted, List<String> onBehalfOf) {
        if (onBehalfOf.isEmpty()) {
            return admitted;
        }
        if (!admitted.identity().isPeer()) {
            return Verdict.refused(
                    ErrorCode.NOT_A_PEER,
                    "Only a credential with the role peer may send " + Presented.ON_BEHALF_OF
                            + ". Leave it out, or let the operator give this credential the role.");
        }
        if (onBehalfOf.size() > 1 || !Identity.isPrincipal(onBehalfOf.getFirst())) {
            return malformed(Presented.ON_BEHALF_OF + " is one name of 1 to 256 printable ASCII characters.");
        }
        return new Verdict.Admitted(new Identity(onBehalfOf.getFirst(), Set.of()));
    }

    private static boolean isToken(String credential) {
        return credential.chars().filter(c -> c == '.').count() == 2;
    }

    private String howTo() {
        String key = "an API key as 'x-api-key: KEY' or 'authorization: Bearer KEY'";
        String token = "a token of the issuer as 'authorization: Bearer TOKEN'";
        return "Send "
                + (apiKeys.isPresent() && tokens.isPresent()
                        ? key + ", or " + token
                        : apiKeys.isPresent() ? key : token)
                + ".";
    }

    private static Verdict tooLong() {
        return malformed("A credential has at most " + MAX_LENGTH + " characters.");
    }

    private static Verdict malformed(String message) {
        return Verdict.refused(ErrorCode.MALFORMED_CREDENTIAL, message);
    }
}
