package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.image.domain.ClassifyRequest.Input;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.util.Map;
import java.util.function.Consumer;

/** Names the classes of a picture. Thread-safe. */
public final class ClassifyImage {
    private static final int DEFAULT_TOP = 5;

    private final Models models;
    private final ArtifactStore artifacts;

    public ClassifyImage(ModelServer server, ArtifactStore artifacts) {
        this.models = new Models(server);
        this.artifacts = artifacts;
    }

    /**
     * Serves one request.
     *
     * @param served told which model serves, once that is known
     * @throws io.atelier.kernel.ProblemException for every refusal, naming the field; CANCELLED, DEADLINE, OVERLOADED
     */
    public Classified run(ClassifyRequest request, Caller caller, RunContext context, Consumer<ModelManifest> served) {
        try (ModelHandle model = models.acquire(request.model(), ModelTask.IMAGE_CLASSIFY)) {
            ModelManifest manifest = model.manifest();
            served.accept(manifest);
            int top = top(request, manifest);
            Classifier classifier = Classifier.of(manifest);
            Picture picture = picture(request.input(), caller);
            Map<String, Rows> outputs = model.run(new RunRequest(
                    Classifier.GRAPH,
                    classifier.inputs(picture),
                    caller.client(),
                    caller.priority(),
                    context.deadline(),
                    context.cancellation(),
                    done -> context.progress().report(done, 1)));
            return new Classified(manifest, model.deviceClass(), classifier.guesses(outputs, manifest.labels(), top));
        }
    }

    private static int top(ClassifyRequest request, ModelManifest manifest) {
        int classes = manifest.labels().size();
        int top = request.topK().orElse(Math.min(DEFAULT_TOP, classes));
        if (top < 1 || top > classes) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "top_k",
                            "1.." + classes,
                            "The model " + manifest.name() + " has " + classes + " classes; top_k cannot be " + top
                                    + ".")
                    .exception();
        }
        return top;
    }

    private Picture picture(Input input, Caller caller) {
        return switch (input) {
            case Input.None none ->
                throw Problem.field(
                                ErrorCode.MISSING_FIELD,
                                "content",
                                "content or artifact_id",
                                "Send a PNG or JPEG as content, or name a stored one as artifact_id.")
                        .exception();
            case Input.Content content -> decode(within(content.bytes(), caller.maxInlineBytes()), "content");
            case Input.Stored stored -> decode(read(stored.artifactId()), "artifact_id");
        };
    }

    private static Picture decode(byte[] bytes, String field) {
        return Pictures.decode(bytes, field, Limits.MAX_INPUT_PIXELS);
    }

    private static byte[] within(byte[] bytes, int limit) {
        if (bytes.length > limit) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "content",
                            limit + " bytes",
                            "A request carries at most " + limit + " bytes of picture, not " + bytes.length
                                    + "; put larger ones with PutArtifact and name them as artifact_id.")
                    .exception();
        }
        return bytes;
    }

    private byte[] read(String id) {
        if (!Digest.isValid(id)) {
            throw Problem.field(
                            ErrorCode.MALFORMED_ID,
                            "artifact_id",
                            "[0-9a-f]{64}",
                            "An artifact's id is 64 lower-case hex digits.")
                    .exception();
        }
        return artifacts.read(new Digest(id), Limits.MAX_INPUT_ARTIFACT_BYTES);
    }
}
