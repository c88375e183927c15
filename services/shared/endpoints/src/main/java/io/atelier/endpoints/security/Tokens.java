package io.atelier.endpoints.security;

import io.atelier.endpoints.config.JwtConfig;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Accepts tokens that the issuer signed for this installation, and only while they are valid. The key comes from the
 * issuer's set alone: whatever key or address a token brings in its header is not looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best practices for JSON web tokens</a>
 */
final class Tokens implements Verifier {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JwtConsumer consumer;
    private final SigningKeys keys;
    private final String audience;
    private final String principalClaim;
    private final String rolesClaim;

    /** The configuration has been checked: issuer and audience are present. */
    Tokens(JwtConfig config, SigningKeys keys) {
        this.keys = keys;
        this.audience = config.audience().orElseThrow();
        this.principalClaim = config.principalClaim();
        this.rolesClaim = config.rolesClaim();
        this.consumer = new JwtConsumerBuilder()
                .setExpectedIssuer(config.issuer().orElseThrow())
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, config.algorithms().toArray(String[]::new))
                .setJweAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT))
                .setVerificationKeyResolver(new Resolver(keys))
                .build();
    }

    @Override
    public Verdict verify(String credential) {
        if (keys.known().isEmpty()) {
            return new Verdict.Refused(Problem.of(
                            ErrorCode.SIGNING_KEYS_MISSING,
                            "The issuer's signing keys have not been fetched yet; try again in a moment.")
                    .withRetryAfter(RETRY));
        }
        try {
            return admitted(consumer.processToClaims(credential));
        } catch (InvalidJwtException e) {
            if (e.getCause() instanceof UnresolvableKeyException) {
                keys.missed();
            }
            return refused(e);
        }
    }

    private Verdict admitted(JwtClaims claims) {
        if (!(claims.getClaimValue(principalClaim) instanceof String principal) || !Identity.isPrincipal(principal)) {
            return Verdict.refused(
                    ErrorCode.CREDENTIAL_REFUSED,
                    "The token names nobody: its claim " + principalClaim
                            + " must be 1 to 256 printable ASCII characters.");
        }
        boolean peer = Roles.of(claims.getClaimsMap(), rolesClaim).contains(Identity.PEER);
        return new Verdict.Admitted(new Identity(principal, peer ? Set.of(Identity.PEER) : Set.of()));
    }

    /** Claims are only judged after the signature, so whoever hears of them holds a token of the issuer. */
    private Verdict refused(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return Verdict.refused(
                    ErrorCode.CREDENTIAL_REFUSED,
                    "The token is meant for others. Ask the issuer for one with the audience " + audience + ".");
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return Verdict.refused(
                    ErrorCode.CREDENTIAL_EXPIRED, "The token has expired. Ask the issuer for a fresh one.");
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return Verdict.refused(
                    ErrorCode.CREDENTIAL_EXPIRED, "The token is not valid yet. Compare this machine's clock.");
        }
        return Verdict.refused(
                ErrorCode.CREDENTIAL_REFUSED,
                "The token is not accepted here: it must be signed by the issuer's current keys with an accepted"
                        + " algorithm, name the issuer, and have an exp.");
    }

    /** Chooses among the keys that are known at the time. */
    private record Resolver(SigningKeys keys) implements VerificationKeyResolver {
        @Override
        public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
                throws UnresolvableKeyException {
            List<JsonWebKey> known = keys.known().orElse(List.of());
            return new JwksVerificationKeyResolver(known).resolveKey(signature, nesting);
        }
    }
}
