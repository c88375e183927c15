package io.atelier.learn.exported;

import io.atelier.inference.InferenceListener;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.OnnxModelServer;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The models of a repository, each opened when asked for. */
public final class ExportedModels implements AutoCloseable {
    private final ModelRepository repository;
    private final OnnxModelServer server;

    public ExportedModels(ModelRepository repository) {
        this.repository = repository;
        this.server = OnnxModelServer.start(
                repository,
                Set.of(
                        ModelTask.IMAGE_CLASSIFY,
                        ModelTask.IMAGE_CLASS_CONDITIONAL,
                        ModelTask.IMAGE_FLOW,
                        ModelTask.IMAGE_STYLE),
                InferenceSettings.defaults(),
                InferenceListener.NONE,
                InstantSource.system());
    }

    /** Opens the version a reference means, after its digests were checked; the caller closes it. */
    public ExportedModel open(ModelRef ref) {
        long version = repository.open(ref).manifest().version();
        return new ExportedModel(server.acquire(new ModelRef(ref.name(), OptionalLong.of(version))));
    }

    /** Opens the promoted version of a model if there is one; the caller closes it. */
    public Optional<ExportedModel> find(String name) {
        ModelName model = new ModelName(name);
        return repository.promotion(model).map(promotion -> open(new ModelRef(model, OptionalLong.empty())));
    }

    @Override
    public void close() {
        server.close();
    }
}
