package io.atelier.endpoints.security;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares a key's hash with every known one, each in constant time, so that time tells nothing of what is known. */
final class ApiKeys implements Verifier {
    private final Supplier<List<ApiKey>> keys;
    private final InstantSource clock;

    ApiKeys(Supplier<List<ApiKey>> keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Verdict verify(String credential) {
        byte[] hash = hex(Digest.of(credential.getBytes(StandardCharsets.UTF_8)));
        @Nullable ApiKey found = null;
        for (ApiKey key : keys.get()) {
            if (MessageDigest.isEqual(hex(key.sha256()), hash)) {
                found = key; // no early end
            }
        }
        if (found == null) {
            return Verdict.refused(
                    ErrorCode.CREDENTIAL_REFUSED,
                    "This API key is not accepted here. Compare it with the one the operator gave you.");
        }
        if (found.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            return Verdict.refused(
                    ErrorCode.CREDENTIAL_EXPIRED, "This API key has expired. Ask the operator for another.");
        }
        return new Verdict.Admitted(new Identity(found.owner(), found.roles()));
    }

    private static byte[] hex(Digest digest) {
        return digest.hex().getBytes(StandardCharsets.US_ASCII);
    }
}
