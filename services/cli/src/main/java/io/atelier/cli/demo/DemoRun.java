package io.atelier.cli.demo;

import com.google.protobuf.ByteString;
import io.atelier.cli.CommandException;
import io.atelier.cli.image.ImageClient;
import io.atelier.cli.image.Pictures;
import io.atelier.local.LocalSuite;
import io.atelier.models.ModelTask;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.atelier.proto.models.v1.Model;
import io.atelier.proto.models.v1.ModelState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Asks a running suite for works through every entrance and writes what comes. */
final class DemoRun {
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final int PICTURES = 16;
    private static final int EVENT_PICTURES = 4;
    private static final int WALK_PICTURES = 8;

    private final LocalSuite suite;
    private final Path out;
    private final long seed;
    private final Consumer<String> console;
    private final List<Work> works = new ArrayList<>();
    private final List<String> sheets = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();

    DemoRun(LocalSuite suite, Path out, long seed, Consumer<String> console) {
        this.suite = suite;
        this.out = out;
        this.seed = seed;
        this.console = console;
    }

    Gallery execute() throws IOException, InterruptedException {
        Files.createDirectories(out);
        try (ImageClient client = ImageClient.local(suite.ports().of("image").grpc(), CALL)) {
            List<Model> generators = Stream.of(ModelTask.IMAGE_CLASS_CONDITIONAL, ModelTask.IMAGE_FLOW)
                    .flatMap(task -> ready(client, task).stream())
                    .toList();
            if (generators.isEmpty()) {
                throw CommandException.failed("No model makes pictures here: train one, or add one to deploy/models.");
            }
            for (Model model : generators) {
                int size = PictureSize.toLookAt(client.manifest(model.getName()));
                overGrpc(client, model, size);
                byKafka(model, size);
                walk(client, model, size);
            }
            for (Model model : ready(client, ModelTask.IMAGE_STYLE)) {
                stylize(client, model);
            }
            for (Model model : ready(client, ModelTask.IMAGE_CLASSIFY)) {
                classify(client, model);
            }
        }
        Gallery gallery = new Gallery(List.copyOf(works), List.copyOf(sheets), List.copyOf(judged));
        gallery.write(out);
        return gallery;
    }

    private void overGrpc(ImageClient client, Model model, int size) throws IOException {
        console.accept("Asking " + model.getName() + " for " + PICTURES + " pictures over gRPC");
        GenerateImageRequest request = GenerateImageRequest.newBuilder()
                .setModel(model.getName())
                .setCount(PICTURES)
                .setSeed(seed)
                .setSize(size)
                .setContactSheet(true)
                .build();
        GenerateImageResult result = client.generate(request, UUID.randomUUID().toString(), done -> {});
        keep(model, result, "grpc", Pictures.write(result, out, model.getName() + "-grpc", client::bytes));
    }

    private void walk(ImageClient client, Model model, int size) throws IOException {
        String label = label(model);
        console.accept("Walking with " + model.getName() + " from seed " + seed + " to seed " + (seed + 1) + ", label "
                + label);
        GenerateImageRequest request = GenerateImageRequest.newBuilder()
                .setModel(model.getName())
                .setLabel(label)
                .setCount(WALK_PICTURES)
                .setSeed(seed)
                .setWalkToSeed(seed + 1)
                .setSize(size)
                .setContactSheet(true)
                .build();
        GenerateImageResult result = client.generate(request, UUID.randomUUID().toString(), done -> {});
        keep(model, result, "grpc", Pictures.write(result, out, model.getName() + "-walk", client::bytes));
    }

    private String label(Model model) {
        return model.getLabels(Math.floorMod(seed, model.getLabelsCount()));
    }

    private void byKafka(Model model, int size) throws IOException, InterruptedException {
        String label = label(model);
        console.accept("Sending a Kafka event that asks " + model.getName() + " for " + EVENT_PICTURES + " pictures of "
                + label);
        try (KafkaEntrance kafka = new KafkaEntrance(suite.bootstrapServers(), CALL);
                Download download = new Download(CALL)) {
            GenerateImageResult result = kafka.generate(model.getName(), label, EVENT_PICTURES, seed, size);
            keep(model, result, "kafka", Pictures.write(result, out, model.getName() + "-kafka", download::bytes));
        }
    }

    /** Paints one drawn landscape in each of the model's manners. */
    private void stylize(ImageClient client, Model model) throws IOException {
        byte[] landscape = Drawing.landscape();
        Files.write(out.resolve("landscape.png"), landscape);
        List<String> styles = model.getLabelsCount() > 1 ? model.getLabelsList() : List.of("");
        console.accept("Painting a drawn landscape with " + model.getName() + " in " + styles.size() + " manner(s)");
        for (String style : styles) {
            StylizeImageRequest request = StylizeImageRequest.newBuilder()
                    .setModel(model.getName())
                    .setContent(ByteString.copyFrom(landscape))
                    .setStyle(style)
                    .setSeed(seed)
                    .build();
            StylizeImageResult result =
                    client.stylize(request, UUID.randomUUID().toString(), done -> {}, preview -> {});
            String label = style.isEmpty() ? model.getName() : style;
            Path file = out.resolve(model.getName() + "-grpc-" + Pictures.slug(label) + ".png");
            Files.write(file, client.bytes(result.getArtifact()));
            works.add(new Work(
                    name(file),
                    "image",
                    model.getTask(),
                    "grpc",
                    result.getModel().getName(),
                    result.getModel().getVersion(),
                    result.getSeed(),
                    result.getRequestId(),
                    label));
        }
    }

    private void classify(ImageClient client, Model model) throws IOException {
        byte[] drawing = Drawing.trousers();
        Path file = Files.write(out.resolve("drawing.png"), drawing);
        ClassifyImageRequest request = ClassifyImageRequest.newBuilder()
                .setModel(model.getName())
                .setContent(ByteString.copyFrom(drawing))
                .setTopK(Math.min(3, model.getLabelsCount()))
                .build();
        ClassifyImageResponse answer =
                client.classify(request, UUID.randomUUID().toString());
        List<Judged.Guess> classes = answer.getClassificationsList().stream()
                .map(one -> new Judged.Guess(one.getLabel(), one.getProbability()))
                .toList();
        judged.add(new Judged(
                name(file), answer.getModel().getName(), answer.getModel().getVersion(), classes));
        console.accept("%s sees on a drawing of trousers: %s (%.1f %%)"
                .formatted(
                        model.getName(),
                        classes.getFirst().label(),
                        100 * classes.getFirst().probability()));
    }

    private void keep(Model model, GenerateImageResult result, String entrance, List<Pictures.Written> written) {
        for (Pictures.Written one : written) {
            if (one.label().isEmpty()) {
                sheets.add(name(one.path()));
                continue;
            }
            works.add(new Work(
                    name(one.path()),
                    "image",
                    model.getTask(),
                    entrance,
                    result.getModel().getName(),
                    result.getModel().getVersion(),
                    result.getSeed(),
                    result.getRequestId(),
                    one.label()));
        }
    }

    private String name(Path file) {
        return out.relativize(file).toString();
    }

    private static List<Model> ready(ImageClient client, ModelTask task) {
        return client.models(task.id()).stream()
                .filter(model -> model.getState() == ModelState.MODEL_STATE_READY)
                .toList();
    }
}
