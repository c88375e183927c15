package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.S3Server;
import io.atelier.learn.recipe.FashionFiles;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.models.Training;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands with data, models and runs in an object store. */
class StoredTrainingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private S3Server server;

    @SuppressWarnings("NullAway.Init")
    private String endpoint;

    private record Ran(int exit, String out, String err) {}

    @BeforeEach
    void putData() throws IOException {
        server = S3Server.start(folder);
        endpoint = server.endpoint().toString();
        data = FashionFiles.write(folder.resolve("data"), 300, 100);
        ObjectStore bucket = server.store("");
        try (Stream<Path> files = Files.list(data)) {
            files.forEach(file -> bucket.put("sets/fashion/" + file.getFileName(), file));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Ran run(List<String> line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Ran(command.execute(line.toArray(String[]::new)), out.toString(), err.toString());
    }

    private List<String> stores() {
        return List.of(
                "--s3-endpoint",
                endpoint,
                "--s3-path-style",
                "--s3-credentials",
                folder.resolve("s3-credentials").toString());
    }

    private List<String> line(String run, String data, String repository, String... more) {
        List<String> line = new ArrayList<>(List.of("train", "cnn-fashion", "--threads", "1", "--device", "cpu"));
        line.addAll(List.of("--out", folder.resolve(run).toString(), "--data", data, "--repository", repository));
        line.addAll(stores());
        for (String setting : List.of(
                "architecture.stages=[4,6,8]",
                "architecture.features=24",
                "data.validation=20",
                "schedule.batch=20",
                "schedule.rate=0.01",
                "gate.accuracy=0.1",
                "schedule.checkpointEvery=25")) {
            line.addAll(List.of("--set", setting));
        }
        line.addAll(List.of(more));
        return line;
    }

    private static List<String> with(List<String> line, String... more) {
        return Stream.concat(line.stream(), Stream.of(more)).toList();
    }

    private String in(String run, String file) {
        return folder.resolve(run).resolve(file).toString();
    }

    private String read(String run, String file) throws IOException {
        return Files.readString(folder.resolve(run).resolve(file));
    }

    private String digest(String run) {
        return new DirectoryModelRepository(folder.resolve(run).resolve("made"), InstantSource.system())
                .manifest(ModelRef.parse("cnn-fashion@1"))
                .digest()
                .hex();
    }

    private static void killAtCheckpoint(Process child, int count) throws Exception {
        int seen = 0;
        try (BufferedReader reports = child.inputReader(StandardCharsets.UTF_8)) {
            while (seen < count) {
                String report = reports.readLine();
                assertThat(report).isNotNull();
                seen += report.contains("\"checkpoint\"") ? 1 : 0;
            }
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void killedRunWhoseMachineIsGoneReachesTheUndisturbedOnesCurveAndModel() throws Exception {
        String epochs = "schedule.epochs=10";
        Ran whole = run(line("whole", data.toString(), in("whole", "made"), "--set", epochs));
        assertThat(whole.exit()).as(whole.err()).isZero();

        String stored = S3Server.address("sets/fashion");
        List<String> first = line("first", stored, in("first", "made"), "--set", epochs, "--reports");
        Process killed = new ProcessBuilder(
                        ChildMain.command(List.of(), with(first, "--kept", S3Server.address("runs/1"))))
                .redirectError(folder.resolve("first.log").toFile())
                .start();
        killAtCheckpoint(killed, 2);
        Files.move(folder.resolve("first"), folder.resolve("gone"));

        List<String> second = line("second", stored, in("second", "made"), "--set", epochs, "--resume");
        List<String> keeping = List.of("--kept", S3Server.address("runs/2"), "--from", S3Server.address("runs/1"));
        Ran resumed = run(with(second, keeping.toArray(String[]::new)));
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        for (String file : List.of("metrics.jsonl", "evaluation.json")) {
            assertThat(read("second", file)).isEqualTo(read("whole", file));
        }
        assertThat(digest("second")).isEqualTo(digest("whole"));

        List<String> third =
                line("third", S3Server.address("nothing"), in("third", "made"), "--set", epochs, "--resume");
        Ran told = run(with(third, "--kept", S3Server.address("runs/2")));
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out()).as("published, so that no data is needed").contains("cnn-fashion@1");
        assertThat(digest("third")).isEqualTo(digest("whole"));
    }

    @Test
    void repositoryInAStoreServesInitGateAndEvaluation() throws Exception {
        String models = S3Server.address("models");
        Ran first = run(line("first", data.toString(), models, "--set", "schedule.epochs=3"));
        assertThat(first.exit()).as(first.err()).isZero();

        List<String> second = line("second", data.toString(), in("second", "made"), "--set", "schedule.epochs=1");
        Ran onward = run(with(second, "--models", models, "--set", "init=cnn-fashion"));
        assertThat(onward.exit()).as(onward.err()).isZero();
        List<String> third = line("third", data.toString(), in("third", "made"), "--set", "schedule.epochs=1");
        Ran worse = run(with(third, "--models", models, "--set", "gate.improves=val_loss"));
        assertThat(worse.exit()).as(worse.err()).isZero();
        ModelRepository repository = new ObjectModelRepository(
                server.store("models"), new PackageCache(folder.resolve("cache"), 1 << 30, InstantSource.system()));
        ModelManifest start = repository.manifest(ModelRef.parse("cnn-fashion"));
        ModelManifest made = new DirectoryModelRepository(folder.resolve("second/made"), InstantSource.system())
                .manifest(ModelRef.parse("cnn-fashion@1"));
        assertThat(made.training().flatMap(Training::origin))
                .hasValueSatisfying(origin -> assertThat(origin.digest()).isEqualTo(start.digest()));
        JsonNode published = new JsonMapper().readTree(read("third", "published.json"));
        assertThat(published.path("not_promoted_because").asText())
                .contains("val_loss", "of the current cnn-fashion@1");
        assertThat(folder.resolve("third/cache")).as("a manifest is enough").doesNotExist();

        List<String> eval = new ArrayList<>(List.of("eval", "cnn-fashion", "--repository", models, "--json"));
        eval.addAll(List.of("--data", S3Server.address("sets/fashion")));
        eval.addAll(stores());
        Path out = folder.resolve("eval.json");
        Path err = folder.resolve("eval.log");
        assertThat(ChildMain.start(out, err, eval).waitFor())
                .as(Files.readString(err))
                .isZero();
        assertThat(new JsonMapper()
                        .readTree(out.toFile())
                        .path("metrics")
                        .path("accuracy")
                        .asDouble())
                .isEqualTo(start.training().orElseThrow().metrics().get("accuracy"));
    }

    @Test
    void whatIsNotThereOrCannotBeReachedIsToldInASentence() throws IOException {
        assertTold(line("a", "s3:/sets", in("a", "made")), 2, "s3://bucket/prefix", "data");
        assertTold(line("a", data.toString(), "s3://B/x"), 2, "s3://bucket/prefix", "repository");
        assertTold(line("a", data.toString(), in("a", "made"), "--kept", "s3://"), 2, "s3://bucket/prefix", "kept");
        assertTold(line("a", data.toString(), in("a", "made"), "--from", "s3://atelier/x"), 2, "--kept");
        assertTold(line("a", S3Server.address("none"), in("a", "made")), 2, "s3://atelier/none", "holds nothing");
        assertThat(folder.resolve("a/settings.json")).doesNotExist();

        String kept = S3Server.address("runs/3");
        Files.writeString(folder.resolve("s3-credentials"), "[default\nnonsense");
        assertTold(line("a", data.toString(), in("a", "made"), "--kept", kept), 1, "credentials");
        S3Server.credentials(folder, "wrong");
        assertTold(line("a", data.toString(), in("a", "made"), "--kept", kept), 1, "credentials");
        Files.delete(folder.resolve("s3-credentials"));
        assertTold(line("a", data.toString(), in("a", "made"), "--kept", kept), 2, "s3-credentials");
        server.close();
        S3Server.credentials(folder);
        assertTold(line("a", data.toString(), in("a", "made"), "--kept", kept), 1, "cannot be reached");
        assertTold(line("a", S3Server.address("sets/fashion"), in("a", "made")), 1, "cannot be reached");
    }

    private static void assertTold(List<String> line, int exit, String... words) {
        Ran ran = run(line);
        assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
        assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    }

    @Test
    void keptRunCanBeReadByAnyoneWhoKnowsTheForm() throws Exception {
        List<String> line =
                line("run", S3Server.address("sets/fashion/"), in("run", "made"), "--set", "schedule.epochs=2");
        Ran ran = run(with(line, "--kept", S3Server.address("runs/4")));
        assertThat(ran.exit()).as(ran.err()).isZero();

        KeptFolder kept = new KeptFolder(server.store("runs/4"), "", ErrorCode.RUNS_UNAVAILABLE);
        Path copy = folder.resolve("copy");
        kept.fetch(copy, path -> true);
        assertThat(copy).isDirectoryNotContaining("glob:**/{data,cache,package,run.lock}");
        assertThat(copy.resolve("published.json")).hasContent(read("run", "published.json"));
        assertThat(copy.resolve("made/cnn-fashion/1/model.json")).exists();
    }
}
