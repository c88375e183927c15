package io.atelier.image.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.image.domain.Classified.Guess;
import io.atelier.imports.ImportRequest;
import io.atelier.imports.ModelImport;
import io.atelier.imports.fit.Told;
import io.atelier.imports.fit.ValueRange;
import io.atelier.inference.InferenceListener;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.ModelServer;
import io.atelier.inference.OnnxModelServer;
import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.kit.models.TinyForeign;
import io.atelier.kit.models.TinyGraph;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelName;
import io.atelier.models.ModelTask;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Models that others exported, imported and served through the service's own calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedModelsTest {
    private static final Caller CALLER = new Caller(Entrance.GRPC, "test", Priority.INTERACTIVE, 1 << 20);
    private static final RequestKey KEY = RequestKey.of("image", Entrance.GRPC, "test", "1");
    private static final List<Color> COLOURS = List.of(new Color(230, 20, 20), new Color(20, 230, 20), Color.BLUE);

    private final Path folder;
    private final DirectoryModelRepository repository;
    private final DirectoryStore store;
    private final ModelServer models;

    ImportedModelsTest(@TempDir Path folder) throws IOException {
        InstantSource clock = InstantSource.system();
        this.folder = folder;
        repository = new DirectoryModelRepository(folder.resolve("models"), clock);
        take("fixed", ModelTask.IMAGE_CLASSIFY, TinyForeign.fixedClassifier(), Optional.of(ValueRange.UNIT), List.of());
        take(
                "bytes",
                ModelTask.IMAGE_CLASSIFY,
                TinyForeign.byteClassifier(16, 16),
                Optional.empty(),
                List.of("red", "green", "blue"));
        take("dream", ModelTask.IMAGE_CLASS_CONDITIONAL, TinyForeign.generator(), Optional.empty(), List.of());
        take(
                "colours",
                ModelTask.IMAGE_CLASS_CONDITIONAL,
                TinyForeign.colours(),
                Optional.empty(),
                List.of("red", "green", "blue"));
        take(
                "negative",
                ModelTask.IMAGE_STYLE,
                TinyForeign.negative(1, 32, 48),
                Optional.of(ValueRange.BYTES),
                List.of());
        take("any", ModelTask.IMAGE_STYLE, TinyForeign.negative(-1, -1, -1), Optional.of(ValueRange.BYTES), List.of());
        store = DirectoryStore.open(StoreSettings.of(folder.resolve("store")), clock);
        models = OnnxModelServer.start(
                repository,
                Set.of(ModelTask.IMAGE_CLASS_CONDITIONAL, ModelTask.IMAGE_CLASSIFY, ModelTask.IMAGE_STYLE),
                InferenceSettings.defaults(),
                InferenceListener.NONE,
                clock);
    }

    @BeforeAll
    void ready() {
        await().atMost(Duration.ofSeconds(30)).until(models::ready);
    }

    @AfterAll
    void close() {
        models.close();
        store.close();
    }

    @Test
    void classifierOfOneRowInChannelsFirstTellsSeveralPicturesApart() throws IOException {
        List<List<Guess>> guesses = classify("fixed");

        assertThat(guesses).extracting(all -> all.getFirst().label()).containsExactly("0", "1", "2");
        assertThat(guesses)
                .allSatisfy(all -> assertThat(
                                all.stream().mapToDouble(Guess::probability).sum())
                        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5)));
    }

    @Test
    void classifierOfBytesInChannelsLastGivesItsOwnProbabilities() throws IOException {
        List<List<Guess>> guesses = classify("bytes");

        assertThat(guesses).extracting(all -> all.getFirst().label()).containsExactly("red", "green", "blue");
        double red = Math.exp(8 * 230 / 255.0);
        double other = Math.exp(8 * 20 / 255.0);
        assertThat((double) guesses.getFirst().getFirst().probability())
                .isCloseTo(red / (red + 2 * other), org.assertj.core.data.Offset.offset(1e-4));
    }

    @Test
    void generatorWithoutClassesMakesTheSamePicturesFromTheSameSeed() {
        Generated made = generate("dream", "", 3);

        assertThat(made.pictures()).hasSize(3).allSatisfy(picture -> {
            assertThat(picture.width()).isEqualTo(6);
        });
        assertThat(made.pictures()).doesNotHaveDuplicates();
        assertThat(generate("dream", "", 3).pictures()).isEqualTo(made.pictures());
    }

    @Test
    void generatorWithoutClassesRefusesALabel() {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> generate("dream", "cat", 1));

        assertThat(refused.problem().code()).isEqualTo(ErrorCode.UNKNOWN_LABEL);
        assertThat(refused.problem().message()).contains("knows no classes");
    }

    @Test
    void generatorInChannelsLastMakesTheLabelThatIsAskedFor() {
        Digest green =
                generate("colours", "green", 1).pictures().getFirst().artifact().id();
        Picture picture = Pictures.decode(store.artifacts().read(green, 1 << 20), "content", 1 << 20);

        assertThat(picture.channels()).isEqualTo(3);
        for (int i = 0; i < 36; i++) {
            assertThat(picture.pixels()[i * 3 + 1] & 0xFF).isGreaterThan(200);
            assertThat(picture.pixels()[i * 3] & 0xFF).isLessThan(55);
            assertThat(picture.pixels()[i * 3 + 2] & 0xFF).isLessThan(55);
        }
    }

    @Test
    void networksFromPictureToPictureOfOneSizeAndOfAnyPaintAPhotographOfAnother() throws IOException {
        for (String model : List.of("negative", "any")) {
            Digest made = stylize(model).artifact().id();
            Picture picture = Pictures.decode(store.artifacts().read(made, 1 << 20), "content", 1 << 20);

            assertThat(picture).returns(20, Picture::width).returns(10, Picture::height);
            for (int i = 0; i < 200; i++) {
                assertThat(picture.pixels()[i * 3] & 0xFF).as(model).isBetween(24, 26);
                assertThat(picture.pixels()[i * 3 + 1] & 0xFF).as(model).isBetween(234, 236);
            }
        }
    }

    private Stylized stylize(String model) throws IOException {
        StylizeRequest request = new StylizeRequest(
                model,
                new Input.Content(png(COLOURS.getFirst())),
                StyleChoice.NONE,
                OptionalDouble.empty(),
                false,
                OptionalLong.empty(),
                OptionalInt.empty(),
                PictureFormat.PNG,
                OptionalInt.empty(),
                Optional.empty());
        return new StylizeImage(models, store.artifacts(), new StylizeLimits(1_000_000, 1_500_000))
                .run(request, CALLER, context(), manifest -> {});
    }

    private List<List<Guess>> classify(String model) throws IOException {
        List<Input> inputs = new java.util.ArrayList<>();
        for (Color colour : COLOURS) {
            inputs.add(new Input.Content(png(colour)));
        }
        return new ClassifyImage(models, store.artifacts())
                .run(new ClassifyRequest(model, inputs, true, OptionalInt.empty()), CALLER, context(), manifest -> {})
                .guesses();
    }

    private Generated generate(String model, String label, int count) {
        GenerateRequest request = new GenerateRequest(
                model,
                label,
                List.of(),
                OptionalInt.of(count),
                new Randomness(OptionalLong.of(7), OptionalLong.empty(), OptionalDouble.empty()),
                OptionalInt.empty(),
                PictureFormat.PNG,
                false,
                Sampling.NONE);
        return new GenerateImages(models, store.artifacts()).run(request, CALLER, context(), manifest -> {});
    }

    private static RunContext context() {
        return new RunContext(KEY, "1", "/test", Deadline.NEVER, new Cancellation(), ProgressListener.NONE);
    }

    private static byte[] png(Color colour) throws IOException {
        BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            picture.setRGB(i % 20, i / 20, colour.getRGB());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    private void take(String name, ModelTask task, TinyGraph graph, Optional<ValueRange> range, List<String> labels)
            throws IOException {
        Told told = new Told(
                Optional.empty(),
                range,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                labels,
                Map.of());
        new ModelImport(repository)
                .run(new ImportRequest(
                        Files.write(folder.resolve(name + ".onnx"), graph.model()),
                        new ModelName(name),
                        task,
                        told,
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        OptionalLong.empty()));
    }
}
