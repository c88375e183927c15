package io.atelier.endpoints.security;

import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.endpoints.config.JwtConfig;
import io.atelier.endpoints.config.SecurityConfig;
import io.atelier.endpoints.config.SecurityConfig.Mode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Judges every call, whatever entrance it comes by. Where callers are asked for nothing it costs nothing: no file is read, no
 * thread runs, no library is loaded.
 *
 * <p>Thread-safe; never blocks.
 */
@Singleton
public final class Security {
    private static final Logger LOG = Logger.getLogger(Security.class);

    private final Optional<Refreshing> refreshing;
    private final Optional<Authenticator> authenticator;

    /** Ends the start with every problem there is with who may call and where the process listens. */
    Security(SecurityConfig config, JwtConfig jwt, Listeners listeners) {
        Set<Mode> modes = config.mode().orElse(Set.of());
        ConfigCheck check = new ConfigCheck().security(config, jwt);
        Exposure.problems(config.mode(), listeners.all()).forEach(problem -> check.holds(false, problem));
        check.verify();
        if (modes.contains(Mode.API_KEY) || modes.contains(Mode.JWT)) {
            Refreshing files = new Refreshing(config.reloadInterval());
            refreshing = Optional.of(files);
            authenticator = Optional.of(authenticator(modes, config, jwt, files));
            files.start();
        } else {
            refreshing = Optional.empty();
            authenticator = Optional.empty();
            if (!listeners.all().stream().allMatch(Listener::isLocal)) {
                LOG.warn("Everybody who reaches this service is served: atelier.security.mode is none");
            }
        }
    }

    /** Whether callers are asked for a credential. */
    public boolean asks() {
        return authenticator.isPresent();
    }

    /** Judges a call by its headers. */
    public Verdict judge(Presented presented) {
        return authenticator.map(rule -> rule.judge(presented)).orElseGet(() -> Authenticator.unasked(presented));
    }

    @PreDestroy
    void close() {
        refreshing.ifPresent(Refreshing::close);
    }

    private static Authenticator authenticator(
            Set<Mode> modes, SecurityConfig config, JwtConfig jwt, Refreshing files) {
        Optional<Verifier> apiKeys = Optional.empty();
        Optional<Verifier> tokens = Optional.empty();
        if (modes.contains(Mode.API_KEY)) {
            Path path = config.apiKeys().orElseThrow();
            apiKeys = Optional.of(new ApiKeys(
                    files.file("atelier.security.api-keys", path, ApiKeyFile::read), InstantSource.system()));
        }
        if (modes.contains(Mode.JWT)) {
            tokens = Optional.of(new Tokens(jwt, SigningKeys.of(jwt, files)));
        }
        return new Authenticator(apiKeys, tokens);
    }
}
