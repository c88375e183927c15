package io.atelier.cli.image;

import com.google.protobuf.ByteString;
import io.atelier.cli.CommandException;
import io.atelier.cli.Output;
import io.atelier.cli.ProgressBar;
import io.atelier.cli.TargetOption;
import io.atelier.local.StopSignal;
import io.atelier.proto.image.v1.FixedSize;
import io.atelier.proto.image.v1.ImageFormat;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Paints photographs and writes what comes to files. */
@Command(name = "stylize", description = "Paints PNG or JPEG photographs in the manner of a painting.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class StylizeCommand implements Callable<Integer> {
    private static final int MAX_INLINE_BYTES = 3 << 20;
    private static final int MAX_BYTES = 16 << 20;

    private enum Format {
        PNG,
        JPEG
    }

    private enum Way {
        TILE,
        RESIZE
    }

    @Parameters(arity = "1..64", paramLabel = "FILE", description = "The photographs, each at most 16 MiB.")
    private List<Path> files = List.of();

    @Option(names = "--model", required = true, paramLabel = "NAME[@VERSION]", description = "The model to use.")
    private String model;

    @Option(names = "--style", paramLabel = "LABEL", description = "In whose manner: one of the model's labels.")
    private @Nullable String style;

    @Option(
            names = "--blend",
            paramLabel = "LABEL=SHARE",
            description = "A mixture instead of one style; repeat it. Shares are 0 to 1 and made to sum to 1.")
    private Map<String, Double> blend = Map.of();

    @Option(names = "--strength", description = "How much of the painting shows, 0 to 1 (default: 1).")
    private @Nullable Double strength;

    @Option(names = "--keep-colours", description = "Keep the photograph's colours; paint lightness alone.")
    private boolean keepColours;

    @Option(names = "--seed", description = "Seed of the noise strokes start from (default: from the request id).")
    private @Nullable Long seed;

    @Option(
            names = "--size",
            description = "Longer side in pixels to paint at; a smaller one has larger strokes (default: its own).")
    private @Nullable Integer size;

    @Option(names = "--format", defaultValue = "PNG", description = "${COMPLETION-CANDIDATES} (default: PNG).")
    private Format format;

    @Option(
            names = "--fixed-size",
            description = "How a network of one size is used: ${COMPLETION-CANDIDATES} (default: TILE).")
    private @Nullable Way fixedSize;

    @Option(
            names = "--preview-every",
            paramLabel = "N",
            description = "Write a small FILE.preview.jpg of what is painted after every so many parts.")
    private @Nullable Integer previewEvery;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where to write (default: here).")
    private Path out;

    @Option(
            names = "--request-id",
            description = "Repeating a request under its id gives the same answer; of one FILE only.")
    private @Nullable String requestId;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long each may take (default: 600).")
    private int timeoutSeconds;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Mixin
    private final Output output = new Output();

    private record Document(List<Painted> pictures) {}

    private record Painted(
            String source,
            String path,
            String requestId,
            String model,
            long version,
            String digest,
            long seed,
            int width,
            int height) {}

    @Override
    public Integer call() throws IOException {
        if (requestId != null && files.size() > 1) {
            throw CommandException.usage("--request-id names one request; give one FILE with it.");
        }
        requirePaintable();
        Files.createDirectories(out);
        List<Painted> painted = new ArrayList<>();
        try (StopSignal stop = new StopSignal();
                ImageClient client = new ImageClient(target.channel("image"), Duration.ofSeconds(timeoutSeconds))) {
            for (Path file : files) {
                painted.add(paint(client, file));
            }
            if (output.isJson()) {
                output.document(new Document(painted));
            }
            return stop.received() ? 1 : 0;
        }
    }

    /** Before anything is painted: no file is too large, and none is written over another's. */
    void requirePaintable() throws IOException {
        Map<String, Path> written = new HashMap<>();
        for (Path file : files) {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandException.usage(
                        "The photograph " + file + " is larger than " + MAX_BYTES + " bytes, the most that is taken.");
            }
            Path other = written.put(name(file), file);
            if (other != null) {
                throw CommandException.usage("The photographs " + other + " and " + file + " would both be written to "
                        + name(file) + "; paint them one after the other with different --out.");
            }
        }
    }

    private Painted paint(ImageClient client, Path file) throws IOException {
        String id = requestId == null ? UUID.randomUUID().toString() : requestId;
        Path path = out.resolve(name(file));
        Path growing = out.resolve(name(file) + ".preview.jpg");
        StylizeImageRequest request = request(client, Files.readAllBytes(file));
        StylizeImageResult result;
        try (ProgressBar bar = new ProgressBar("Painting " + file.getFileName())) {
            result = client.stylize(
                    request,
                    id,
                    done -> bar.show(done.getDone(), done.getTotal()),
                    preview -> write(growing, preview.getContent().toByteArray()));
        }
        write(path, client.bytes(result.getArtifact()));
        Files.deleteIfExists(growing);
        Painted painted = new Painted(
                file.toString(),
                path.toString(),
                result.getRequestId(),
                result.getModel().getName(),
                result.getModel().getVersion(),
                result.getModel().getDigest(),
                result.getSeed(),
                result.getWidth(),
                result.getHeight());
        if (!output.isJson()) {
            output.result(painted.path());
            output.say("Painted by " + painted.model() + "@" + painted.version() + ", " + painted.width() + "x"
                    + painted.height() + " pixels, seed " + painted.seed() + ", request " + painted.requestId());
        }
        return painted;
    }

    /** The photograph's own name and whose manner it is painted in. */
    String name(Path file) {
        String plain = String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z]{3,4}$", "");
        String manner = style != null ? style : blend.isEmpty() ? model : String.join("-", blend.keySet());
        return plain + "-" + Pictures.slug(manner) + (format == Format.JPEG ? ".jpg" : ".png");
    }

    private StylizeImageRequest request(ImageClient client, byte[] bytes) {
        StylizeImageRequest.Builder request = request().toBuilder();
        if (bytes.length <= MAX_INLINE_BYTES) {
            return request.setContent(ByteString.copyFrom(bytes)).build();
        }
        boolean jpeg = bytes[0] == (byte) 0xFF;
        return request.setArtifactId(client.put(bytes, jpeg ? "image/jpeg" : "image/png"))
                .build();
    }

    /** What is asked, without the photograph. */
    StylizeImageRequest request() {
        StylizeImageRequest.Builder request = StylizeImageRequest.newBuilder()
                .setModel(model)
                .putAllBlend(blend)
                .setKeepColours(keepColours)
                .setFormat(format == Format.JPEG ? ImageFormat.IMAGE_FORMAT_JPEG : ImageFormat.IMAGE_FORMAT_PNG);
        if (style != null) {
            request.setStyle(style);
        }
        if (strength != null) {
            request.setStrength(strength);
        }
        if (seed != null) {
            request.setSeed(seed);
        }
        if (size != null) {
            request.setSize(size);
        }
        if (previewEvery != null) {
            request.setPreviewEvery(previewEvery);
        }
        if (fixedSize != null) {
            request.setFixedSize(fixedSize == Way.RESIZE ? FixedSize.FIXED_SIZE_RESIZE : FixedSize.FIXED_SIZE_TILE);
        }
        return request.build();
    }

    private static void write(Path path, byte[] bytes) {
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
