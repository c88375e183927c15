package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.inference.raw.RawLoop;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.EngineOptions;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.GanLearner;
import io.atelier.learn.train.Latents;
import io.atelier.learn.train.Progress;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.StopSignal;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from a published package's weights. */
class TrainingOnTest {
    private static final Engine ENGINE = TestEngines.cpu();
    private static final int[] LABELS = {0, 3, 9, 3};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private DirectoryModelRepository repository;

    @BeforeEach
    void makeData() throws IOException {
        data = FashionFiles.write(folder.resolve("data"), 100, 20);
        repository = new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
    }

    private static Map<String, String> gan() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("architecture.generator", "[8,6]");
        settings.put("architecture.discriminator", "[6,8]");
        settings.put("architecture.last", "8");
        settings.put("schedule.batch", "4");
        return settings;
    }

    private static Map<String, String> classifier() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("architecture.stages", "[4,6]");
        settings.put("architecture.features", "8");
        settings.put("data.validation", "10");
        settings.put("schedule.batch", "10");
        settings.put("schedule.epochs", "1");
        settings.put("gate.accuracy", "0.0");
        return settings;
    }

    private static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()), false, "test");
    }

    /** A GAN's work before its first step, from its own seed's chance. */
    private void withGan(String run, Map<String, String> settings, long seed, Consumer<Work> test) {
        Recipe<Corpus> recipe = new GanFashion();
        Corpus corpus = recipe.corpus(data);
        try (RunFolder open = RunFolder.open(folder.resolve(run), silent());
                Work work = recipe.open(
                        new WorkContext(
                                ENGINE,
                                recipe.defaults().with(settings),
                                seed,
                                open,
                                new StopSignal(),
                                Optional.empty()),
                        corpus)) {
            test.accept(work);
        }
    }

    private LabelledPictures publishedGan() {
        LabelledPictures[] made = new LabelledPictures[1];
        withGan("first", gan(), 1, work -> {
            for (int step = 0; step < 3; step++) {
                try (PointerScope scope = new PointerScope()) {
                    work.learner().step(step, step);
                }
            }
            repository.publish(work.export(freshFolder("package"), Map.of()), true);
            made[0] = ((GanLearner) work.learner()).make(LABELS, 5);
        });
        return made[0];
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static BufferedImage picture(Path file) {
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path freshFolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private InitPackage from(String name, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("init", name);
        Recipe<Corpus> recipe = new GanFashion();
        try (RunFolder run = RunFolder.open(folder.resolve("chooses"), silent())) {
            return InitPackage.of(recipe, recipe.defaults().with(all), run, repository)
                    .orElseThrow();
        }
    }

    @Test
    void firstForwardIsThePackagesOwn() {
        LabelledPictures before = publishedGan();
        ModelPackage found = repository.open(ModelRef.parse("gan-fashion"));
        withGan("second", gan(), 2, work -> {
            GanLearner learner = (GanLearner) work.learner();
            assertThat(learner.make(LABELS, 5).pixels()).as("other chance").isNotEqualTo(before.pixels());
            from("gan-fashion", gan()).load(work.weights());
            float[] pixels = learner.make(LABELS, 5).pixels();
            assertThat(pixels).isEqualTo(before.pixels());
            assertThat(pixels).usingComparatorWithPrecision(1e-4f).containsExactly(graphs(found));
        });
    }

    /** What the exported graph makes; it reads its weights from the file beside it. */
    private static float[] graphs(ModelPackage found) {
        int latent = 64;
        float[] noise = Latents.of(5, 0, LABELS.length, latent);
        float[] pixels = new float[LABELS.length * 28 * 28];
        try (RawLoop graph = RawLoop.open(found.file("generator.onnx"), 1)) {
            for (int i = 0; i < LABELS.length; i++) {
                float[] made = graph.run(Arrays.copyOfRange(noise, i * latent, (i + 1) * latent), LABELS[i]);
                System.arraycopy(made, 0, pixels, i * made.length, made.length);
            }
        }
        return pixels;
    }

    @Test
    void cardShowsASheetThatTheExportedGraphMade() throws IOException {
        publishedGan();
        ModelPackage found = repository.open(ModelRef.parse("gan-fashion"));
        Path sheet = found.file(SampleSheet.FILE);
        assertThat(Files.size(sheet)).isLessThanOrEqualTo(SampleSheet.MAX_BYTES);
        BufferedImage shown = ImageIO.read(sheet.toFile());
        assertThat(Files.readString(found.file("README.md")))
                .contains("](samples.png)", "generator.onnx", "seed " + SampleSheet.SEED, "of each label");
        withGan("second", gan(), 2, work -> {
            from("gan-fashion", gan()).load(work.weights());
            LabelledPictures same = ((GanLearner) work.learner()).make(Labels.balanced(10, 12), SampleSheet.SEED);
            assertAlike(
                    shown, ContactSheet.byClass(same, perClass(found), SheetStyle.DARK), folder.resolve("same.png"));
        });
        byte[] bytes = bytes(sheet);
        bytes[bytes.length / 2] ^= 1;
        Files.write(sheet, bytes);
        assertThatThrownBy(() -> repository.verify(found)).hasMessageContaining("samples.png");
    }

    private static int perClass(ModelPackage found) {
        return Integer.parseInt(
                read(found.file("README.md")).replaceFirst("(?s).*the first (\\d+) of each label.*", "$1"));
    }

    private static void assertAlike(BufferedImage actual, ContactSheet expected, Path file) {
        expected.write(file);
        BufferedImage other = picture(file);
        assertThat(actual.getWidth()).isEqualTo(other.getWidth());
        assertThat(actual.getHeight()).isEqualTo(other.getHeight());
        for (int y = 0; y < actual.getHeight(); y++) {
            for (int x = 0; x < actual.getWidth(); x++) {
                assertThat(actual.getRGB(x, y) & 0xFF).isCloseTo(other.getRGB(x, y) & 0xFF, within(1));
            }
        }
    }

    @Test
    void otherShapesAreRefusedByTheFirstTensorAndNothingIsTakenOver() {
        publishedGan();
        Map<String, String> wider = gan();
        wider.put("architecture.last", "12");
        withGan("wider", wider, 2, work -> {
            GanLearner learner = (GanLearner) work.learner();
            float[] before = learner.make(LABELS, 5).pixels();
            assertThatThrownBy(() -> from("gan-fashion", wider).load(work.weights()))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().field()).contains("init");
                        assertThat(e.problem().code()).isEqualTo(ErrorCode.CONFLICTING_FIELDS);
                        assertThat(e.getMessage())
                                .contains(
                                        "gan-fashion@1",
                                        "discriminator",
                                        "last.weight",
                                        "[8, 9, 3, 3]",
                                        "[12, 9, 3, 3]");
                    });
            assertThat(learner.make(LABELS, 5).pixels()).isEqualTo(before);
        });
    }

    @Test
    void damagedAndUnknownPackagesAreRefusedByName() throws IOException {
        publishedGan();
        assertThatThrownBy(() -> from("nobody", gan())).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ErrorCode.UNKNOWN_MODEL);
            assertThat(e.problem().field()).contains("init");
            assertThat(e.getMessage()).contains("nobody");
        });
        Path weights = repository.open(ModelRef.parse("gan-fashion")).file("discriminator.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 2] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> from("gan-fashion@1", gan())).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ErrorCode.BROKEN_PACKAGE);
            assertThat(e.getMessage()).contains("gan-fashion@1", "discriminator.safetensors");
        });
    }

    @Test
    void packageOfAnotherRecipeIsRefused() {
        assertThat(train("run", classifier(), false, new StopSignal()).finished())
                .isTrue();
        assertThatThrownBy(() -> from("cnn-fashion", gan()))
                .hasMessageContaining("cnn-fashion was made by cnn-fashion")
                .hasMessageContaining("gan-fashion");
    }

    @Test
    void gateTakesWhatIsBetterInItsFiguresOwnDirection() {
        Map<String, String> settings = classifier();
        settings.put("gate.improves", "val_loss");
        Gate gate = new Gate(Recipes.byName("cnn-fashion").defaults().with(settings), CnnFashion.MEASURES, repository);
        assertThat(gate.refusal(Map.of("accuracy", 0.5, "val_loss", 9.0)))
                .as("there is no current version")
                .isEmpty();
        train("run", classifier(), false, new StopSignal());
        double before = Objects.requireNonNull(repository
                .open(ModelRef.parse("cnn-fashion"))
                .manifest()
                .training()
                .orElseThrow()
                .metrics()
                .get("val_loss"));
        assertThat(gate.refusal(Map.of("accuracy", 0.5, "val_loss", before - 0.01)))
                .isEmpty();
        assertThat(gate.refusal(Map.of("accuracy", 0.5, "val_loss", before)))
                .hasValueSatisfying(why -> assertThat(why).contains("no better than", "cnn-fashion@1"));
        assertThat(gate.refusal(Map.of("accuracy", 0.5)))
                .hasValueSatisfying(why -> assertThat(why).contains("has no val_loss"));
        assertThat(gate.refusal(Map.of("accuracy", -1.0, "val_loss", before - 0.01)))
                .hasValueSatisfying(why -> assertThat(why).contains("below gate.accuracy"));
    }

    @Test
    void packageOfGraphsAloneIsRefused() {
        publishedGan();
        ModelDraft whole = ModelDraft.of(repository.open(ModelRef.parse("gan-fashion")));
        Map<String, Path> files = new LinkedHashMap<>(whole.files());
        files.keySet().removeIf(name -> name.endsWith(".safetensors"));
        repository.publish(
                new ModelDraft(
                        whole.name(),
                        whole.task(),
                        files,
                        whole.graphs(),
                        whole.labels(),
                        whole.defaults(),
                        whole.limits(),
                        whole.training(),
                        whole.license()),
                true);
        withGan(
                "second",
                gan(),
                2,
                work -> assertThatThrownBy(() -> from("gan-fashion@2", gan()).load(work.weights()))
                        .hasMessageContaining("gan-fashion@2 has no file"));
    }

    @Test
    void runThatStartsFromAPackageSaysSoAndResumesWithoutIt() throws IOException {
        assertThat(train("first", classifier(), false, new StopSignal()).finished())
                .isTrue();
        Map<String, String> onward = classifier();
        onward.put("init", "cnn-fashion");
        onward.put("schedule.epochs", "2");
        StopSignal stopped = new StopSignal();
        stopped.request();
        assertThat(train("onward", onward, false, stopped).finished()).isFalse();
        ModelManifest parent = repository.open(ModelRef.parse("cnn-fashion")).manifest();
        Path first = folder.resolve("models/cnn-fashion/1");
        Files.move(first, folder.resolve("elsewhere"));

        assertThat(train("onward", onward, true, new StopSignal()).model()).contains("cnn-fashion@1");
        ModelPackage child = repository.open(ModelRef.parse("cnn-fashion@1"));
        assertThat(child.manifest().training().flatMap(Training::origin)).hasValueSatisfying(origin -> {
            assertThat(origin).hasToString("cnn-fashion@1");
            assertThat(origin.digest()).isEqualTo(parent.digest());
        });
        assertThat(Files.readString(child.file("README.md")))
                .contains(
                        "started from the weights of cnn-fashion@1",
                        parent.digest().hex());
        assertThat(Files.readString(folder.resolve("onward/settings.json"))).contains("\"init\" : \"cnn-fashion\"");
    }

    private RecipeRun.Result train(String run, Map<String, String> settings, boolean resume, StopSignal stop) {
        RecipeRun.Request request = new RecipeRun.Request(
                () -> data,
                folder.resolve(run),
                unkept -> {},
                settings,
                Optional.empty(),
                resume,
                new EngineOptions("cpu", 1, "float32"));
        return new RecipeRun(
                        Recipes.byName("cnn-fashion"),
                        request,
                        new RecipeRun.Repositories(repository, repository),
                        silent(),
                        stop)
                .execute();
    }
}
