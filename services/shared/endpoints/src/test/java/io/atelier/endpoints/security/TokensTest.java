package io.atelier.endpoints.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Issuer ISSUER = new Issuer("k1");
    private final Tokens tokens = new Tokens(Configs.jwt(Issuer.settings()), ISSUER.keys());

    @Test
    void tokenOfTheIssuerForThisAudienceNamesItsSubject() {
        assertThat(tokens.verify(ISSUER.sign(Issuer.claims("alice"))))
                .isEqualTo(new Verdict.Admitted(new Identity("alice", Set.of())));
    }

    @Test
    void peerIsWhoTheRolesClaimCallsSo() {
        JwtClaims claims = Issuer.claims("studio");
        claims.setStringListClaim("roles", "viewer", "peer");
        assertThat(tokens.verify(ISSUER.sign(claims)))
                .isEqualTo(new Verdict.Admitted(new Identity("studio", Set.of("peer"))));
        JwtClaims nested = Issuer.claims("studio");
        nested.setClaim("realm_access", Map.of("roles", List.of("peer")));
        Tokens keycloak = new Tokens(
                Configs.jwt(Map.of(
                        "atelier.security.jwt.issuer", Issuer.NAME,
                        "atelier.security.jwt.audience", Issuer.AUDIENCE,
                        "atelier.security.jwt.roles-claim", "realm_access.roles")),
                ISSUER.keys());
        assertThat(keycloak.verify(ISSUER.sign(nested)))
                .isEqualTo(new Verdict.Admitted(new Identity("studio", Set.of("peer"))));
    }

    @Test
    void expiredAndNotYetValidTokensAreToldApartFromForgedOnes() {
        JwtClaims expired = Issuer.claims("alice");
        expired.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 60));
        assertThat(refusal(ISSUER.sign(expired))).isEqualTo(ErrorCode.CREDENTIAL_EXPIRED);
        JwtClaims early = Issuer.claims("alice");
        early.setNotBefore(NumericDate.fromSeconds(NumericDate.now().getValue() + 60));
        assertThat(refusal(ISSUER.sign(early))).isEqualTo(ErrorCode.CREDENTIAL_EXPIRED);
        assertThat(refusal(new Issuer("k1").sign(Issuer.claims("alice")))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
    }

    @Test
    void tokenForOthersOfOthersOrWithoutAnEndIsRefused() {
        JwtClaims audience = Issuer.claims("alice");
        audience.setAudience("billing");
        assertThat(refusal(ISSUER.sign(audience))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
        JwtClaims nobody = Issuer.claims("alice");
        nobody.unsetClaim("aud");
        assertThat(refusal(ISSUER.sign(nobody))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
        JwtClaims issuer = Issuer.claims("alice");
        issuer.setIssuer("https://elsewhere.example");
        assertThat(refusal(ISSUER.sign(issuer))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
        JwtClaims endless = Issuer.claims("alice");
        endless.unsetClaim("exp");
        assertThat(refusal(ISSUER.sign(endless))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
        JwtClaims anonymous = Issuer.claims("anonymous");
        assertThat(refusal(ISSUER.sign(anonymous))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
    }

    @Test
    void unsignedTokenIsRefused() {
        JsonWebSignature none = new JsonWebSignature();
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        none.setAlgorithmHeaderValue("none");
        none.setPayload(Issuer.claims("alice").toJson());
        assertThat(refusal(Issuer.compact(none))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
    }

    @Test
    void tokenSignedWithThePublicKeyAsASecretIsRefused() {
        JsonWebSignature confused = new JsonWebSignature();
        confused.setDoKeyValidation(false);
        confused.setAlgorithmHeaderValue("HS256");
        confused.setKeyIdHeaderValue("k1");
        confused.setKey(new SecretKeySpec(ISSUER.keySet().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        confused.setPayload(Issuer.claims("alice").toJson());
        assertThat(refusal(Issuer.compact(confused))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
    }

    @Test
    void keyThatATokenBringsAlongIsNotLookedAt() {
        Issuer other = new Issuer("k1");
        JsonWebSignature selfSigned = new JsonWebSignature();
        selfSigned.setAlgorithmHeaderValue("RS256");
        selfSigned.setKey(other.key.getPrivateKey());
        selfSigned.setJwkHeader(other.key);
        selfSigned.setHeader("jku", "http://127.0.0.1:1/keys");
        selfSigned.setPayload(Issuer.claims("alice").toJson());
        assertThat(refusal(Issuer.compact(selfSigned))).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String text : List.of("a.b.c", "..", "x", ISSUER.sign(Issuer.claims("alice")) + "A")) {
            assertThat(refusal(text)).as(text).isEqualTo(ErrorCode.CREDENTIAL_REFUSED);
        }
    }

    @Test
    void unknownKeyMakesTheIssuerBeAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        Tokens watching = new Tokens(Configs.jwt(Issuer.settings()), keys(Optional.of(ISSUER.keySet()), asked));
        assertThat(watching.verify(new Issuer("k2").sign(Issuer.claims("alice"))))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void tokensWaitForTheIssuersKeys() {
        Tokens early = new Tokens(Configs.jwt(Issuer.settings()), keys(Optional.empty(), new AtomicInteger()));
        assertThat(code(early.verify(ISSUER.sign(Issuer.claims("alice"))))).isEqualTo(ErrorCode.SIGNING_KEYS_MISSING);
    }

    private ErrorCode refusal(String token) {
        return code(tokens.verify(token));
    }

    private static ErrorCode code(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).problem().code();
    }

    private static SigningKeys keys(Optional<String> set, AtomicInteger asked) {
        return new SigningKeys() {
            @Override
            public Optional<List<JsonWebKey>> known() {
                return set.map(SigningKeys::parse);
            }

            @Override
            public void missed() {
                asked.incrementAndGet();
            }
        };
    }
}
