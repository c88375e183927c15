package io.atelier.cli.image;

import io.atelier.cli.Output;
import io.atelier.cli.ProgressBar;
import io.atelier.cli.TargetOption;
import io.atelier.local.StopSignal;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.ImageFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes pictures and writes them to files. */
@Command(name = "generate", description = "Makes pictures and writes them to a folder.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class GenerateCommand implements Callable<Integer> {
    private enum Format {
        PNG,
        JPEG
    }

    @Option(names = "--model", required = true, paramLabel = "NAME[@VERSION]", description = "The model to use.")
    private String model;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "What to show; may be repeated, pictures take them in turn (default: all labels in turn).")
    private List<String> labels = List.of();

    @Option(names = "--count", description = "How many pictures, 1 to 64 (default: one per label named, or 1).")
    private @Nullable Integer count;

    @Option(names = "--seed", description = "Seed of all randomness (default: from the request id).")
    private @Nullable Long seed;

    @Option(names = "--size", description = "Side in pixels, a multiple of the model's own.")
    private @Nullable Integer size;

    @Option(names = "--format", defaultValue = "PNG", description = "${COMPLETION-CANDIDATES} (default: PNG).")
    private Format format;

    @Option(names = "--sheet", description = "Also make one sheet of all pictures.")
    private boolean sheet;

    @Option(
            names = "--steps",
            description =
                    "In how many steps a flow is followed (only models of task image.flow; default: the model's own).")
    private @Nullable Integer steps;

    @Option(
            names = "--guidance",
            description = "How far a flow is drawn to the wanted label, 0 to 20 (only models of task image.flow;"
                    + " 1: just that label; default: the model's own).")
    private @Nullable Double guidance;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description =
                    "How a flow is followed: euler or heun (only models of task image.flow; default: the model's own).")
    private @Nullable String sampler;

    @Option(
            names = "--walk-to",
            paramLabel = "SEED",
            description = "Make the pictures a walk from --seed to this seed; needs --count and one --label.")
    private @Nullable Long walkTo;

    @Option(
            names = "--truncation",
            description = "How far from the middle latents may lie, 0 to 1 (only models of task"
                    + " image.class-conditional; default: 1).")
    private @Nullable Double truncation;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where to write (default: here).")
    private Path out;

    @Option(names = "--request-id", description = "Repeating a request under its id gives the same answer.")
    private @Nullable String requestId;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long it may take (default: 600).")
    private int timeoutSeconds;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Mixin
    private final Output output = new Output();

    private record Document(
            String requestId, String model, long version, String digest, long seed, List<Picture> images) {}

    private record Picture(String path, String label, int width, int height) {}

    @Override
    public Integer call() throws IOException {
        String id = requestId == null ? UUID.randomUUID().toString() : requestId;
        try (StopSignal stop = new StopSignal();
                ImageClient client = new ImageClient(target.channel("image"), Duration.ofSeconds(timeoutSeconds))) {
            GenerateImageResult result;
            try (ProgressBar bar = new ProgressBar("Making pictures")) {
                result = client.generate(request(), id, done -> bar.show(done.getDone(), done.getTotal()));
            }
            String prefix = result.getModel().getName();
            print(result, Pictures.write(result, out, prefix, client::bytes));
            return stop.received() ? 1 : 0;
        }
    }

    GenerateImageRequest request() {
        GenerateImageRequest.Builder request = GenerateImageRequest.newBuilder()
                .setModel(model)
                .addAllLabels(labels)
                .setContactSheet(sheet)
                .setFormat(format == Format.JPEG ? ImageFormat.IMAGE_FORMAT_JPEG : ImageFormat.IMAGE_FORMAT_PNG);
        if (count != null) {
            request.setCount(count);
        }
        if (seed != null) {
            request.setSeed(seed);
        }
        if (size != null) {
            request.setSize(size);
        }
        if (steps != null) {
            request.setSteps(steps);
        }
        if (guidance != null) {
            request.setGuidance(guidance);
        }
        if (sampler != null) {
            request.setSampler(sampler);
        }
        if (walkTo != null) {
            request.setWalkToSeed(walkTo);
        }
        if (truncation != null) {
            request.setTruncation(truncation);
        }
        return request.build();
    }

    private void print(GenerateImageResult result, List<Pictures.Written> written) {
        if (output.isJson()) {
            List<Picture> images = written.stream()
                    .map(one -> new Picture(one.path().toString(), one.label(), one.width(), one.height()))
                    .toList();
            output.document(new Document(
                    result.getRequestId(),
                    result.getModel().getName(),
                    result.getModel().getVersion(),
                    result.getModel().getDigest(),
                    result.getSeed(),
                    images));
            return;
        }
        written.forEach(one -> output.result(one.path().toString()));
        output.say("Made by " + result.getModel().getName() + "@"
                + result.getModel().getVersion() + " from seed " + result.getSeed() + ", request "
                + result.getRequestId());
    }
}
