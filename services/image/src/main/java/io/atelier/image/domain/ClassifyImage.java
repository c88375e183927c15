package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
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
    private final Inputs inputs;

    public ClassifyImage(ModelServer server, ArtifactStore artifacts) {
        this.models = new Models(server);
        this.inputs = new Inputs(artifacts);
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
            Map<String, Rows> rows = rows(classifier, request, caller, context);
            int count = request.inputs().size();
            Map<String, Rows> outputs = model.run(new RunRequest(
                    Classifier.GRAPH,
                    rows,
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

    private Map<String, Rows> rows(Classifier classifier, ClassifyRequest request, Caller caller, RunContext context) {
        List<Input> asked = request.inputs();
        if (asked.size() > Limits.MAX_COUNT) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "pictures",
                            Integer.toString(Limits.MAX_COUNT),
                            "A request brings at most " + Limits.MAX_COUNT + " pictures, not " + asked.size() + ".")
                    .exception();
        }
        Inputs.requireWithin(asked, caller.maxInlineBytes());
        return classifier.inputs(asked.size(), index -> {
            context.cancellation().check();
            return picture(asked.get(index), request.several() ? "pictures[" + index + "]." : "");
        });
    }

    private Picture picture(Input input, String at) {
        Inputs.File file = inputs.read(input, at);
        return Pictures.decode(file.bytes(), file.field(), Limits.MAX_INPUT_PIXELS);
    }
}
