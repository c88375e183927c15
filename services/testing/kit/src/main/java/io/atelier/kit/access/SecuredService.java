package io.atelier.kit.access;

import io.atelier.kernel.Digest;
import io.atelier.kit.TempFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a service ask for an API key or a token, and leaves what callers may show in a folder. */
public final class SecuredService implements QuarkusTestResourceLifecycleManager {
    static final String FOLDER = "test.access.folder";

    private @Nullable TempFolder folder;

    @Override
    public Map<String, String> start() {
        TempFolder created = TempFolder.create("atelier-access");
        folder = created;
        Path keys = write(created, "api-keys.json", apiKeys());
        TestIssuer issuer = new TestIssuer();
        Path jwks = write(created, "jwks.json", issuer.keySet());
        write(created, "right.jwt", issuer.token("alice", TestIssuer.AUDIENCE, Duration.ofHours(1)));
        write(created, "expired.jwt", issuer.token("alice", TestIssuer.AUDIENCE, Duration.ofHours(-1)));
        write(created, "others.jwt", issuer.token("alice", "billing", Duration.ofHours(1)));
        write(created, "forged.jwt", new TestIssuer().token("alice", TestIssuer.AUDIENCE, Duration.ofHours(1)));
        Path peer = write(created, "peer.key", Callers.PEER_KEY + "\n");
        return Map.ofEntries(
                Map.entry(FOLDER, created.path().toString()),
                Map.entry("atelier.security.mode", "api-key,jwt"),
                Map.entry("atelier.security.reload-interval", "100ms"),
                Map.entry("atelier.security.api-keys", keys.toString()),
                Map.entry("atelier.security.jwt.issuer", TestIssuer.NAME),
                Map.entry("atelier.security.jwt.audience", TestIssuer.AUDIENCE),
                Map.entry("atelier.security.jwt.keys", jwks.toString()),
                Map.entry("atelier.peers.self.address", "127.0.0.1:${quarkus.grpc.server.test-port}"),
                Map.entry("atelier.peers.self.credential-file", peer.toString()));
    }

    @Override
    public void stop() {
        if (folder != null) {
            folder.close();
        }
    }

    private static String apiKeys() {
        return "{\"keys\":["
                + entry("tester", Callers.KEY, "")
                + ","
                + entry("late", Callers.EXPIRED_KEY, ",\"expires\":\"2020-01-01T00:00:00Z\"")
                + ","
                + entry("studio", Callers.PEER_KEY, ",\"roles\":[\"peer\"]")
                + "]}";
    }

    /** An entry of the file of API keys. */
    public static String entry(String owner, String key, String more) {
        String hash = Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex();
        return "{\"name\":\"%1$s\",\"owner\":\"%1$s\",\"sha256\":\"%2$s\"%3$s}".formatted(owner, hash, more);
    }

    private static Path write(TempFolder folder, String name, String content) {
        try {
            return Files.writeString(folder.path().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
