package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Which tokens are accepted. */
@ConfigMapping(prefix = "atelier.security.jwt")
public interface JwtConfig {
    /** The issuer, as tokens name it in {@code iss}. */
    Optional<String> issuer();

    /** What tokens must hold in {@code aud} to be meant for this installation. */
    Optional<String> audience();

    /**
     * The signing keys, a JWK set: a file, or an https address. Default: the address that the issuer's
     * {@code /.well-known/openid-configuration} names.
     */
    Optional<String> keys();

    /** A PEM file with the authorities that the issuer's https address is verified with. Default: the JVM's. */
    Optional<Path> ca();

    /** The signature algorithms that are accepted; only asymmetric ones can be. */
    @WithDefault("RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA")
    Set<String> algorithms();

    /** The claim that names the caller. */
    @WithDefault("sub")
    String principalClaim();

    /**
     * The claim with the caller's roles, a list or a text with spaces; dots lead into objects. The role {@code peer} may
     * name other callers.
     */
    @WithDefault("roles")
    String rolesClaim();

    /** How far the issuer's clock and this one may differ; 0 s to 5 min. */
    @WithDefault("30s")
    Duration clockSkew();

    /**
     * How often signing keys are fetched from an https address; 10 s to 1 day. A token of an unknown key makes it look at
     * once, though at most every 10 s.
     */
    @WithDefault("10m")
    Duration refreshInterval();
}
