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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Names the classes of pictures. Thread-safe. */
public final class ClassifyImage {
    private static final int DEFAULT_TOP = 5;

    private final Models models;
    private final ArtifactStore artifacts;
    private final Places places = Places.ofThisProcess();

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
            Map<String, Rows> inputs = inputs(classifier, request, caller, context);
            int count = request.inputs().size();
            Map<String, Rows> outputs = model.run(new RunRequest(
                    Classifier.GRAPH,
                    inputs,
                    caller.client(),
                    caller.priority(),
                    context.deadline(),
                    context.cancellation(),
                    done -> context.progress().report(done, count)));
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

    private Map<String, Rows> inputs(
            Classifier classifier, ClassifyRequest request, Caller caller, RunContext context) {
        List<Input> inputs = request.inputs();
        if (inputs.size() > Limits.MAX_COUNT) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "pictures",
                            Integer.toString(Limits.MAX_COUNT),
                            "A request brings at most " + Limits.MAX_COUNT + " pictures, not " + inputs.size() + ".")
                    .exception();
        }
        requireWithin(inputs, caller.maxInlineBytes());
        return places.work(
                context.cancellation(),
                () -> classifier.inputs(inputs.size(), index -> {
                    context.cancellation().check();
                    return picture(inputs.get(index), request.several() ? "pictures[" + index + "]." : "");
                }));
    }

    private Picture picture(Input input, String at) {
        return switch (input) {
            case Input.None none ->
                throw Problem.field(
                                ErrorCode.MISSING_FIELD,
                                at + "content",
                                "content or artifact_id",
                                "Send a PNG or JPEG as content, or name a stored one as artifact_id.")
                        .exception();
            case Input.Content content -> decode(content.bytes(), at + "content");
            case Input.Stored stored -> decode(read(stored.artifactId(), at + "artifact_id"), at + "artifact_id");
        };
    }

    private static Picture decode(byte[] bytes, String field) {
        return Pictures.decode(bytes, field, Limits.MAX_INPUT_PIXELS);
    }

    private static void requireWithin(List<Input> inputs, int limit) {
        long bytes = inputs.stream()
                .mapToLong(input -> input instanceof Input.Content content ? content.bytes().length : 0)
                .sum();
        if (bytes > limit) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "content",
                            limit + " bytes",
                            "A request carries at most " + limit + " bytes of picture, not " + bytes
                                    + "; put larger ones with PutArtifact and name them as artifact_id.")
                    .exception();
        }
    }

    private byte[] read(String id, String field) {
        if (!Digest.isValid(id)) {
            throw Problem.field(
                            ErrorCode.MALFORMED_ID,
                            field,
                            "[0-9a-f]{64}",
                            "An artifact's id is 64 lower-case hex digits.")
                    .exception();
        }
        return artifacts.read(new Digest(id), Limits.MAX_INPUT_ARTIFACT_BYTES);
    }
}
