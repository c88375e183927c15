package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.EncodedPicture;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.pictures.Transparency;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.image.domain.Photograph.Size;
import io.atelier.image.domain.StylizeRequest.FixedSize;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Seeds;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Paints photographs in the manner of paintings by feed-forward networks, and stores them. Thread-safe; blocks until the
 * result is on disk.
 */
public final class StylizeImage {
    private final Models models;
    private final Inputs inputs;
    private final ArtifactStore artifacts;
    private final int maxPixels;
    private final PixelBudget budget;

    public StylizeImage(ModelServer server, ArtifactStore artifacts, StylizeLimits limits) {
        this.models = new Models(server);
        this.inputs = new Inputs(artifacts);
        this.artifacts = artifacts;
        this.maxPixels = limits.maxPixels();
        this.budget = new PixelBudget(limits.pixelsAtOnce());
    }

    /**
     * Serves one request.
     *
     * @param served told which model serves, once that is known
     * @throws io.atelier.kernel.ProblemException for every refusal, naming the field; CANCELLED, DEADLINE, OVERLOADED
     */
    public Stylized run(StylizeRequest request, Caller caller, RunContext context, Consumer<ModelManifest> served) {
        try (ModelHandle model = models.acquire(request.model(), ModelTask.IMAGE_STYLE)) {
            ModelManifest manifest = model.manifest();
            served.accept(manifest);
            Stylizer stylizer = Stylizer.of(manifest);
            SortedMap<String, Double> shares = request.style().shares(manifest, stylizer.hasStyles());
            Finish finish = finish(request);
            PreviewRhythm rhythm = PreviewRhythm.of(request.previewEvery(), caller, "parts");
            Optional<FixedSize> fixed = fixed(request, stylizer);
            Inputs.requireWithin(List.of(request.content()), caller.maxInlineBytes());
            Inputs.File file = inputs.read(request.content(), "");
            long seed = request.seed().orElseGet(() -> Seeds.fromKey(context.key()));
            StyleMarks marks = new StyleMarks(
                    manifest,
                    seed,
                    request.format(),
                    shares,
                    finish,
                    Digest.of(file.bytes()),
                    fixed,
                    model.deviceClass());
            Painting painting = new Painting(
                    new Serving(model, caller, context),
                    stylizer,
                    stylizer.style(shares),
                    seed,
                    finish,
                    new StylePreviews(rhythm, marks, context));
            return paint(file, request, fixed, painting, marks, context);
        }
    }

    private Stylized paint(
            Inputs.File file,
            StylizeRequest request,
            Optional<FixedSize> fixed,
            Painting painting,
            StyleMarks marks,
            RunContext context) {
        EncodedPicture encoded = Pictures.open(file.bytes(), file.field(), maxPixels);
        try (PixelBudget.Share share = budget.take(most(encoded.pixels(), request))) {
            context.cancellation().check();
            Photograph photograph = Photograph.of(encoded.decode(), request.size(), maxPixels);
            Picture painted = painting.paint(photograph.colours(), fixed.orElse(FixedSize.TILE));
            context.cancellation().check();
            Picture whole = photograph
                    .alpha()
                    .map(alpha -> Transparency.together(painted, alpha))
                    .orElse(painted);
            Size size = new Size(whole.width(), whole.height());
            ArtifactInfo stored = artifacts.put(Pictures.artifact(whole, marks.format(), marks.result(size)));
            return new Stylized(
                    marks.manifest(), marks.seed(), marks.deviceClass(), stored, size.width(), size.height());
        }
    }

    /** The most pixels that it may have as it comes or as it is painted. */
    private long most(int pixels, StylizeRequest request) {
        long side = request.size().orElse(0);
        return Math.min(maxPixels, Math.max(pixels, side * side));
    }

    private static Finish finish(StylizeRequest request) {
        double strength = request.strength().orElse(1);
        if (!(strength >= 0 && strength <= 1)) { // which no NaN is
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "strength",
                            "0..1",
                            "Strength is a number from 0 to 1, not " + strength + ".")
                    .exception();
        }
        return new Finish(strength, request.keepColours());
    }

    private static Optional<FixedSize> fixed(StylizeRequest request, Stylizer stylizer) {
        if (stylizer.isFixed()) {
            return Optional.of(request.fixedSize().orElse(FixedSize.TILE));
        }
        if (request.fixedSize().isPresent()) {
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_FIELD,
                            "fixed_size",
                            "only for networks of one size",
                            "The model " + stylizer.manifest().name()
                                    + " takes pictures of any size; leave fixed_size out.")
                    .exception();
        }
        return Optional.empty();
    }
}
