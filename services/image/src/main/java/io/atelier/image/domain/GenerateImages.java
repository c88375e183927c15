package io.atelier.image.domain;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.image.domain.Generated.GeneratedPicture;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Seeds;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes pictures of one or several classes, and stores them. Thread-safe; blocks until all are on disk. */
public final class GenerateImages {
    private final Models models;
    private final ArtifactStore artifacts;

    public GenerateImages(ModelServer server, ArtifactStore artifacts) {
        this.models = new Models(server);
        this.artifacts = artifacts;
    }

    /**
     * Serves one request.
     *
     * @param served told which model serves, once that is known
     * @throws io.atelier.kernel.ProblemException for every refusal, naming the field; CANCELLED, DEADLINE, OVERLOADED
     */
    public Generated run(GenerateRequest request, Caller caller, RunContext context, Consumer<ModelManifest> served) {
        try (ModelHandle model =
                models.acquire(request.model(), ModelTask.IMAGE_CLASS_CONDITIONAL, ModelTask.IMAGE_FLOW)) {
            ModelManifest manifest = model.manifest();
            served.accept(manifest);
            PreviewRhythm rhythm = PreviewRhythm.of(request.sampling().previewEvery(), caller, "steps");
            Maker maker = Maker.of(manifest, request.sampling());
            int[] labels = Labels.perPicture(request, manifest);
            int times = times(request, maker.image());
            long seed = request.randomness().seed().orElseGet(() -> Seeds.fromKey(context.key()));
            Noise noise = request.randomness().of(seed, manifest, labels);
            Map<String, String> making = new HashMap<>(maker.parameters());
            making.putAll(noise.parameters());
            Marks marks = new Marks(manifest, seed, request.format(), making, model.deviceClass());
            Previews previews = new Previews(rhythm, request, maker.image(), labels, times, marks, context);
            float[] values = maker.make(new Serving(model, caller, context), noise, labels, previews);
            Works works = encode(request, maker.image(), labels, times, values, marks, context);
            return store(works, manifest, seed, model.deviceClass());
        }
    }

    private static int times(GenerateRequest request, PictureTensor image) {
        int size = request.size().orElse(image.width());
        boolean fits = size >= 1 && size % image.width() == 0 && size <= Math.max(Limits.MAX_SIZE, image.width());
        if (!fits) {
            int most = Math.max(1, Limits.MAX_SIZE / image.width()) * image.width();
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_SIZE,
                            "size",
                            "a multiple of " + image.width() + " up to " + most,
                            "This model makes pictures of " + image.width()
                                    + " pixels a side and its whole multiples up to " + most + ", not " + size + ".")
                    .exception();
        }
        return size / image.width();
    }

    private static Works encode(
            GenerateRequest request,
            PictureTensor image,
            int[] labels,
            int times,
            float[] values,
            Marks marks,
            RunContext context) {
        List<NewArtifact> files = new ArrayList<>();
        List<Made> made = new ArrayList<>();
        List<Picture> small = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            context.cancellation().check();
            small.add(image.toPicture(values, i * image.size()));
            Picture picture = Pictures.enlarge(small.getLast(), times);
            String label = marks.label(labels[i]);
            files.add(Pictures.artifact(picture, request.format(), marks.picture(label, i, picture.width())));
            made.add(new Made(label, picture.width(), picture.height()));
        }
        if (request.contactSheet()) {
            context.cancellation().check();
            boolean walk = request.randomness().walkTo().isPresent();
            Picture sheet = walk ? ContactSheet.strip(small, times) : ContactSheet.of(small, times);
            files.add(Pictures.artifact(sheet, request.format(), marks.sheet(labels, sheet.width())));
        }
        return new Works(files, made);
    }

    private Generated store(Works works, ModelManifest manifest, long seed, String deviceClass) {
        List<ArtifactInfo> stored = artifacts.putAll(works.files());
        List<GeneratedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < works.made().size(); i++) {
            Made one = works.made().get(i);
            pictures.add(new GeneratedPicture(one.label(), stored.get(i), one.width(), one.height()));
        }
        Optional<ArtifactInfo> sheet =
                stored.size() > pictures.size() ? Optional.of(stored.getLast()) : Optional.empty();
        return new Generated(manifest, seed, deviceClass, pictures, sheet);
    }

    private record Made(String label, int width, int height) {}

    private record Works(List<NewArtifact> files, List<Made> made) {}
}
