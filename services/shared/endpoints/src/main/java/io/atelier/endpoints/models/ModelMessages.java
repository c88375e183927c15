package io.atelier.endpoints.models;

import com.google.protobuf.Timestamp;
import io.atelier.inference.ModelStatus;
import io.atelier.models.ModelManifest;
import io.atelier.proto.models.v1.Model;
import io.atelier.proto.models.v1.ModelState;
import java.time.Instant;

/** Writes a model's status as its message. */
final class ModelMessages {
    private ModelMessages() {}

    static Model of(ModelStatus status) {
        Model.Builder model = Model.newBuilder()
                .setName(status.name().value())
                .setState(
                        switch (status.state()) {
                            case LOADING -> ModelState.MODEL_STATE_LOADING;
                            case READY -> ModelState.MODEL_STATE_READY;
                            case BROKEN -> ModelState.MODEL_STATE_BROKEN;
                        })
                .setProblem(status.problem().orElse(""));
        status.serving().ifPresent(manifest -> describe(model, manifest));
        status.loadedAt().map(ModelMessages::timestamp).ifPresent(model::setLoadedAt);
        return model.build();
    }

    /** Whether a model does a task; the empty task is all of them. */
    static boolean isOfTask(ModelStatus status, String task) {
        return task.isEmpty()
                || status.serving()
                        .map(manifest -> manifest.task().id().equals(task))
                        .orElse(false);
    }

    private static void describe(Model.Builder model, ModelManifest manifest) {
        model.setVersion(manifest.version())
                .setDigest(manifest.digest().hex())
                .setTask(manifest.task().id())
                .addAllLabels(manifest.labels())
                .setMaxBatch(Math.toIntExact(manifest.limits().getOrDefault("batch", 0L)));
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
