package io.atelier.image;

import io.atelier.kit.TempFolder;
import io.atelier.kit.objects.S3Server;
import io.atelier.local.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the service an S3 server with an empty bucket, and free ports. */
public final class S3Service implements QuarkusTestResourceLifecycleManager {
    private @Nullable TempFolder folder;
    private @Nullable S3Server server;

    @Override
    public Map<String, String> start() {
        TempFolder created = TempFolder.create("atelier-image-s3");
        folder = created;
        S3Server started = S3Server.start(created.path());
        server = started;
        List<Integer> ports = Ports.free(2);
        return Map.of(
                "atelier.models.repository",
                S3Server.address("models"),
                "atelier.models.cache",
                created.path().resolve("cache").toString(),
                "atelier.artifacts.directory",
                S3Server.address("works"),
                "atelier.artifacts.uploads",
                created.path().resolve("uploads").toString(),
                "atelier.artifacts.base-url",
                "http://127.0.0.1:" + ports.get(0),
                "atelier.s3.endpoint",
                started.endpoint().toString(),
                "atelier.s3.path-style",
                "true",
                "atelier.s3.credentials-file",
                S3Server.credentials(created.path()).toString(),
                "quarkus.http.test-port",
                ports.get(0).toString(),
                "quarkus.grpc.server.test-port",
                ports.get(1).toString());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
