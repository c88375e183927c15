package io.atelier.image;

import io.atelier.kit.TempFolder;
import io.atelier.kit.models.TinyClassifier;
import io.atelier.kit.models.TinyFlow;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.kit.models.TinyStyle;
import io.atelier.local.Ports;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelRepository;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the service tiny models ({@code tiny} grey, {@code tiles} with alpha, {@code slow} one row a run, the same of a flow:
 * {@code flow} with at most 20 steps and {@code slow-flow}; {@code style} and
 * {@code slow-style}, which paint; and {@code judge}), an
 * empty artifact store and free ports.
 */
public final class TinyService implements QuarkusTestResourceLifecycleManager {
    private @Nullable TempFolder folder;

    @Override
    public Map<String, String> start() {
        TempFolder created = TempFolder.create("atelier-image");
        folder = created;
        Path models = created.path().resolve("models");
        Path drafts = created.path().resolve("drafts");
        ModelRepository repository = new DirectoryModelRepository(models, InstantSource.system());
        TinyGenerator.named("tiny").publish(repository, drafts);
        TinyGenerator.named("tiles").pictures(4, 8).publish(repository, drafts);
        TinyGenerator.named("slow").batch(1).slow(400).publish(repository, drafts);
        TinyFlow.named("flow").mostSteps(20).publish(repository, drafts);
        TinyFlow.named("slow-flow").batch(1).slow(50).publish(repository, drafts);
        TinyStyle.named("style").publish(repository, drafts);
        TinyStyle.named("slow-style").slow(150).publish(repository, drafts);
        TinyClassifier.named("judge").publish(repository, drafts);
        List<Integer> ports = Ports.free(2);
        return Map.of(
                "atelier.local-mode",
                "true",
                "atelier.models.repository",
                models.toString(),
                "atelier.models.poll-interval",
                "100ms",
                "atelier.artifacts.directory",
                created.path().resolve("artifacts").toString(),
                "atelier.artifacts.base-url",
                "http://127.0.0.1:" + ports.get(0),
                "atelier.artifacts.max-upload",
                "1M",
                "quarkus.http.test-port",
                ports.get(0).toString(),
                "quarkus.grpc.server.test-port",
                ports.get(1).toString());
    }

    @Override
    public void stop() {
        if (folder != null) {
            folder.close();
        }
    }
}
