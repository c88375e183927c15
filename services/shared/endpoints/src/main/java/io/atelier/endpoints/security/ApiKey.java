package io.atelier.endpoints.security;

import io.atelier.kernel.Digest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An API key as the service knows it: not the key, which cannot be told from its hash.
 *
 * @param name what the operator calls it
 * @param sha256 the SHA-256 of the key's bytes
 * @param owner the principal who calls with it
 * @param expires from when on it is refused
 * @param roles what it allows beside calling
 */
record ApiKey(String name, Digest sha256, String owner, Optional<Instant> expires, Set<String> roles) {
    ApiKey {
        roles = Set.copyOf(roles);
    }
}
