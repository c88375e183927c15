package io.atelier.endpoints.security;

import io.atelier.endpoints.config.JwtConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The issuer's public keys, as they are known now. Thread-safe; never blocks. */
interface SigningKeys {
    /** The keys; empty while they have not been fetched. */
    Optional<List<JsonWebKey>> known();

    /** Told that a token was signed by an unknown key: the issuer may have changed its keys. */
    void missed();

    /** The keys that the configuration names. */
    static SigningKeys of(JwtConfig config, Refreshing refreshing) {
        String named = config.keys().orElse("");
        if (named.isEmpty() || KeyAddress.isAddress(named)) {
            return FetchedKeys.start(config, refreshing.thread());
        }
        MountedFile<List<JsonWebKey>> file = refreshing.file(
                "atelier.security.jwt.keys",
                Path.of(named),
                content -> parse(new String(content, StandardCharsets.UTF_8)));
        return new SigningKeys() {
            @Override
            public Optional<List<JsonWebKey>> known() {
                return Optional.of(file.get());
            }

            @Override
            public void missed() {
                // a changed file is seen soon enough
            }
        };
    }

    /** Reads a JWK set; only public keys of it are of use here. */
    static List<JsonWebKey> parse(String json) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(json)
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("it holds no public key");
            }
            return keys;
        } catch (JoseException | RuntimeException e) {
            throw new IllegalArgumentException("it is no JWK set with a public key", e);
        }
    }
}
