package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.learn.recipe.FashionFiles;
import io.atelier.learn.recipe.Recipes;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands from end to end, on data of a few pictures. */
class MainTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    private record Ran(int exit, String out, String err) {}

    @BeforeEach
    void makeData() throws IOException {
        data = FashionFiles.write(folder.resolve("data"), 300, 100);
    }

    private static Ran run(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Ran(command.execute(line), out.toString(), err.toString());
    }

    private Ran train(String recipe, String out, String... more) {
        List<String> line = new ArrayList<>(List.of("train", recipe, "--data", data.toString()));
        line.addAll(List.of("--out", folder.resolve(out).toString()));
        line.addAll(List.of("--repository", folder.resolve("models").toString(), "--threads", "1", "--json"));
        line.addAll(List.of(more));
        return run(line.toArray(String[]::new));
    }

    private Ran trainClassifier(String out, String... more) {
        List<String> settings = new ArrayList<>();
        for (String one : List.of(
                "architecture.stages=[4,6,8]",
                "architecture.features=24",
                "data.validation=20",
                "data.mirror=false",
                "schedule.batch=20",
                "schedule.epochs=8",
                "schedule.rate=0.01",
                "gate.accuracy=0.5")) {
            settings.addAll(List.of("--set", one));
        }
        settings.addAll(List.of(more));
        return train("cnn-fashion", out, settings.toArray(String[]::new));
    }

    @Test
    void trainedClassifierIsPublishedAndItsGraphMeasuresTheSame() throws Exception {
        Ran trained = trainClassifier("run");
        assertThat(trained.exit()).as(trained.err()).isZero();
        JsonNode document = new JsonMapper().readTree(trained.out());
        assertThat(document.path("model").asText()).isEqualTo("cnn-fashion@1");
        assertThat(document.path("promoted").asBoolean()).isTrue();
        double accuracy = document.path("metrics").path("accuracy").asDouble();
        assertThat(accuracy).isGreaterThan(0.5);

        DirectoryModelRepository repository =
                new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
        ModelPackage published = repository.open(ModelRef.parse("cnn-fashion"));
        repository.verify(published);
        assertThat(published.manifest().labels()).hasSize(10).contains("sneaker");
        assertThat(Files.readString(published.file("README.md"))).contains("MIT", "accuracy", "Limits");

        assertThat(evaluatedInAnotherProcess("cnn-fashion")).isEqualTo(accuracy);

        assertThat(new JsonMapper().readTree(trainClassifier("run", "--resume").out()))
                .isEqualTo(document);
        assertThat(repository.versions(new ModelName("cnn-fashion"))).containsExactly(1L);

        assertThat(trainClassifier("again").exit()).isZero();
        assertThat(repository.open(ModelRef.parse("cnn-fashion@1")).manifest().digest())
                .as("the same training gives the same digest")
                .isEqualTo(repository
                        .open(ModelRef.parse("cnn-fashion"))
                        .manifest()
                        .digest());
    }

    /** A process of its own, since ONNX Runtime's threads can be chosen once a process and other tests choose them too. */
    private double evaluatedInAnotherProcess(String model) throws Exception {
        Path out = folder.resolve("eval.json");
        Path err = folder.resolve("eval.log");
        String repository = folder.resolve("models").toString();
        List<String> line = List.of("eval", model, "--data", data.toString(), "--repository", repository, "--json");
        int exit = ChildMain.start(out, err, line).waitFor();
        assertThat(exit).as(Files.readString(err)).isZero();
        return new JsonMapper()
                .readTree(out.toFile())
                .path("metrics")
                .path("accuracy")
                .asDouble();
    }

    @Test
    void versionBelowTheGateIsPublishedButNotPromoted() throws IOException {
        Ran trained = trainClassifier("run", "--set", "gate.accuracy=1.1");
        assertThat(trained.exit()).as(trained.err()).isEqualTo(0);
        assertThat(new JsonMapper().readTree(trained.out()).path("promoted").asBoolean())
                .isFalse();
    }

    @Test
    void versionThatIsNoBetterThanTheCurrentOneIsPublishedElsewhereButNotPromoted() throws IOException {
        SmallTraining small = SmallTraining.in(folder);
        String[] open = {"--set", "gate.accuracy=0.0", "--json"};
        assertThat(run(small.line("run", 1, open).toArray(String[]::new)).exit())
                .isZero();
        List<String> line = small.line("again", 1, open);
        line.addAll(List.of("--models", folder.resolve("models-run").toString()));
        line.addAll(List.of("--set", "gate.improves=val_loss"));
        Ran same = run(line.toArray(String[]::new));
        assertThat(same.exit()).as(same.err()).isZero();
        assertThat(new JsonMapper().readTree(same.out()).path("promoted").asBoolean())
                .isFalse();
        assertThat(Files.readString(folder.resolve("again/published.json")))
                .containsPattern("val_loss is [0-9.]+, no better than [0-9.]+ of the current cnn-fashion@1");
        assertThat(folder.resolve("models-again/cnn-fashion/1/model.json")).exists();
        assertThat(folder.resolve("models-again/cnn-fashion/current.json")).doesNotExist();
    }

    @Test
    void trainedGeneratorIsPublishedWithItsMeasuresAndSheets() throws IOException {
        Ran trained = train(
                "gan-fashion",
                "gan",
                "--set",
                "architecture.generator=[8,6]",
                "--set",
                "architecture.discriminator=[6,8]",
                "--set",
                "architecture.last=8",
                "--set",
                "schedule.steps=6",
                "--set",
                "schedule.batch=4",
                "--set",
                "schedule.sampleEvery=3",
                "--set",
                "evaluation.judged=6",
                "--set",
                "evaluation.taught=100",
                "--set",
                "evaluation.judgeEpochs=1",
                "--set",
                "gate.diversity_ratio=0.0",
                "--set",
                "gate.recognised_minus_real=-1.0");
        assertThat(trained.exit()).as(trained.err()).isZero();
        JsonNode metrics = new JsonMapper().readTree(trained.out()).path("metrics");
        assertThat(metrics.properties().stream().map(java.util.Map.Entry::getKey))
                .contains("recognised", "real_recognised", "diversity_ratio", "frechet", "trained_on_made_accuracy");
        assertThat(folder.resolve("gan/samples/step-000000003.png")).exists();
        assertThat(folder.resolve("gan/sheet.png")).exists();
        assertThat(folder.resolve("models/gan-fashion/1/generator.onnx")).exists();
    }

    @Test
    void runIsNotOverwrittenAndKeepsItsSettings() {
        assertThat(trainClassifier("run").exit()).isZero();
        Ran again = trainClassifier("run");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("--resume");
        Ran changed = trainClassifier("run", "--resume", "--set", "schedule.clip=2.0");
        assertThat(changed.exit()).isEqualTo(2);
        assertThat(changed.err()).contains("schedule.clip");
        assertThat(trainClassifier("run", "--resume", "--seed", "9").err()).contains("seed");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLineWithWhatToDo() {
        assertThat(train("cnn-fahsion", "x").err())
                .contains(
                        "cnn-fashion, gan-fashion, gan-tiles, gan-emoji, image-folder, flow-tiles, flow-emoji, style");
        assertThat(trainClassifier("x", "--set", "schedule.epoch=3").err()).contains("schedule.epochs");
        assertThat(trainClassifier("y", "--device", "cuda:7").err())
                .contains("cuda:7")
                .contains("cpu");
        Ran missing = run(
                "train",
                "cnn-fashion",
                "--data",
                folder.resolve("nowhere").toString(),
                "--out",
                folder.resolve("z").toString(),
                "--repository",
                folder.resolve("models").toString());
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("nowhere").doesNotContain("\tat ");
        Ran unknown = run(
                "eval",
                "nobody",
                "--data",
                data.toString(),
                "--repository",
                folder.resolve("models").toString());
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("nobody").doesNotContain("\tat ");
    }

    @Test
    void recipesAreListedWithTheirSettings() throws IOException {
        assertThat(run("recipes").out()).contains("gan-tiles:").contains("schedule.r1 = 0.3");
        JsonNode recipes =
                new JsonMapper().readTree(run("recipes", "--json").out()).path("recipes");
        assertThat(recipes).hasSize(Recipes.all().size());
        JsonNode first = recipes.get(0);
        assertThat(first.path("task").asText()).isEqualTo("image.classify");
        assertThat(first.path("settings").path("schedule.batch").asText()).isEqualTo("128");
        JsonNode batch = first.path("schema").path("properties").path("schedule.batch");
        assertThat(batch.toString())
                .isEqualTo("{\"description\":\"Pictures of a step.\",\"type\":\"integer\","
                        + "\"minimum\":1,\"maximum\":4096,\"default\":128}");
    }
}
