package io.atelier.endpoints.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Issues tokens, good and bad ones. */
final class Issuer {
    static final String NAME = "https://issuer.example";
    static final String AUDIENCE = "atelier";

    final RsaJsonWebKey key;

    Issuer(String keyId) {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(keyId);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** The public keys, as the issuer publishes them. */
    String keySet() {
        return "{\"keys\":[" + key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}";
    }

    static JwtClaims claims(String subject) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(NAME);
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    String sign(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setPayload(claims.toJson());
        return compact(signature);
    }

    static String compact(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** Configuration that accepts this issuer. */
    static Map<String, String> settings() {
        return Map.of("atelier.security.jwt.issuer", NAME, "atelier.security.jwt.audience", AUDIENCE);
    }

    /** Keys that are always there. */
    SigningKeys keys() {
        List<JsonWebKey> known = SigningKeys.parse(keySet());
        return new SigningKeys() {
            @Override
            public Optional<List<JsonWebKey>> known() {
                return Optional.of(known);
            }

            @Override
            public void missed() {
                // these never change
            }
        };
    }
}
