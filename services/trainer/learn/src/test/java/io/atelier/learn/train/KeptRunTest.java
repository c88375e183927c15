package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.learn.MemoryObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRunTest {
    private static final TrainingEvent PUBLISHED =
            new TrainingEvent.Published("tiny@1", true, Optional.empty(), Map.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path here;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path there;

    private final MemoryObjects objects = new MemoryObjects();
    private final KeptFolder kept = new KeptFolder(objects, "kept/", ErrorCode.RUNS_UNAVAILABLE);
    private final KeptFolder from = new KeptFolder(objects, "from/", ErrorCode.RUNS_UNAVAILABLE);
    private final StopSignal stop = new StopSignal();
    private final List<TrainingEvent> told = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int pauses;
    private Runnable inPause = () -> {};

    @BeforeEach
    void begin() throws IOException {
        write("settings.json");
    }

    private void write(String path) throws IOException {
        Files.createDirectories(here.resolve(path).getParent());
        Files.writeString(here.resolve(path), path);
    }

    private KeptRun run(Path folder) {
        return new KeptRun(folder, kept, this::hear, stop, () -> now, () -> {
            pauses++;
            now = now.plus(Duration.ofSeconds(3));
            inPause.run();
        });
    }

    private void hear(TrainingEvent event) {
        if (event instanceof TrainingEvent.Note note) {
            notes.add(note.text());
        } else {
            told.add(event);
        }
    }

    private static TrainingEvent checkpoint(long step) {
        return new TrainingEvent.Checkpointed(step);
    }

    private static TrainingEvent sample(long step) {
        return new TrainingEvent.Point(step, 100, Map.of(), Optional.of(Path.of("sample.png")));
    }

    private boolean isKept(String path) {
        Path copy = there.resolve("copy");
        Durable.deleteFolder(copy);
        kept.fetch(copy, all -> true);
        return Files.exists(copy.resolve(path));
    }

    @Test
    void whoHearsOfACheckpointFindsItKept() throws IOException {
        write("checkpoints/step-000000025/weights");
        boolean[] found = {false};
        KeptRun run = new KeptRun(
                here,
                kept,
                event -> found[0] = isKept("checkpoints/step-000000025/weights"),
                stop,
                () -> now,
                () -> {});

        run.on(checkpoint(25));
        assertThat(found[0]).isTrue();
    }

    @Test
    void whatIsOfThisMachineOrHalfWrittenIsNotKept() throws IOException {
        List<String> left = List.of(
                "run.lock",
                "judge/run.lock",
                "evaluation.json.tmp",
                "data/fonts/a.png",
                "cache/x/model.json",
                "package/graph.onnx",
                "attempt.log",
                "checkpoints/staged/weights",
                "made/.staging/publish-1/model.json",
                "fetched.part/settings.json");
        List<String> wanted =
                List.of("metrics.jsonl", "judge/checkpoints/step-000000001/weights", "made/tiny/1/data.bin");
        for (String path : left) {
            write(path);
        }
        for (String path : wanted) {
            write(path);
        }

        run(here).on(checkpoint(1));
        assertThat(wanted).allMatch(this::isKept);
        assertThat(left).noneMatch(this::isKept);
    }

    @Test
    void whileTheStoreIsAwayOnlyCheckpointsAreHeldBack() throws IOException {
        KeptRun run = run(here);
        objects.setAway(true);
        run.on(checkpoint(25));
        run.on(sample(30));
        run.on(checkpoint(50));
        assertThat(told).containsExactly(sample(30));
        assertThat(notes).hasSize(1).first().asString().contains("the store is away");

        objects.setAway(false);
        write("samples/step-60.png");
        run.on(sample(60));
        assertThat(told).as("the newest, kept by now").containsExactly(sample(30), checkpoint(50), sample(60));
        assertThat(isKept("samples/step-60.png")).isTrue();
        assertThat(notes).last().asString().contains("kept again");
        assertThat(pauses).isZero();
    }

    @Test
    void modelIsToldOnceItIsKept() {
        objects.setAway(true);
        inPause = () -> objects.setAway(pauses < 20);

        run(here).on(PUBLISHED);
        assertThat(told).containsExactly(PUBLISHED);
        assertThat(pauses).isEqualTo(20);
    }

    @Test
    void modelThatCannotBeKeptBeforeAStopIsAStop() {
        KeptRun run = run(here);
        run.on(checkpoint(25));
        objects.setAway(true);
        inPause = stop::request;

        run.on(PUBLISHED);
        assertThat(told).containsExactly(checkpoint(25), new TrainingEvent.Stopped(25));
    }

    @Test
    void stopIsToldAfterHalfAMinuteAtMost() {
        objects.setAway(true);

        run(here).on(new TrainingEvent.Stopped(25));
        assertThat(told).containsExactly(new TrainingEvent.Stopped(25));
        assertThat(pauses).isEqualTo(10);
        assertThat(notes).last().asString().contains("this machine alone");
    }

    @Test
    void runThatHasNotBegunReplacesNothingThatIsKept() throws IOException {
        run(here).on(checkpoint(25));

        run(there).on(new TrainingEvent.Stopped(0));
        assertThat(isKept("settings.json")).isTrue();
    }

    @Test
    void runIsBroughtFromWhereItIsKeptElseFromWhereAnotherKeptIt() throws IOException {
        write("checkpoints/step-000000025/weights");
        from.keep(here, KeptRun::outlives);
        assertBrings("one", "checkpoints/step-000000025/weights");

        write("checkpoints/step-000000050/weights");
        kept.keep(here, KeptRun::outlives);
        assertBrings("two", "checkpoints/step-000000050/weights");
    }

    private void assertBrings(String name, String file) {
        Path folder = there.resolve(name);
        try (RunFolder run = RunFolder.open(folder, this::hear)) {
            run(folder).bring(run, Optional.of(from));
            assertThat(run.begun()).isTrue();
            assertThat(folder.resolve(file)).hasContent(file);
            assertThat(folder.resolve("fetched.part")).doesNotExist();
        }
    }

    @Test
    void runThatHasBegunHereStaysAndOneKeptNowhereIsFresh() throws IOException {
        try (RunFolder run = RunFolder.open(there, this::hear)) {
            run(there).bring(run, Optional.of(from));
            assertThat(run.begun()).isFalse();
        }
        kept.keep(there, path -> true);
        objects.opened().clear();
        try (RunFolder run = RunFolder.open(here, this::hear)) {
            run(here).bring(run, Optional.of(from));
        }
        assertThat(objects.opened()).isEmpty();
    }

    @Test
    void halfBroughtRunIsBroughtAnew() throws IOException {
        write("checkpoints/step-000000025/weights");
        kept.keep(here, KeptRun::outlives);
        Files.createDirectories(there.resolve("checkpoints/step-000000001"));
        Files.createDirectories(there.resolve("fetched.part/checkpoints"));

        try (RunFolder run = RunFolder.open(there, this::hear)) {
            run(there).bring(run, Optional.empty());
        }
        assertThat(there.resolve("checkpoints/step-000000025/weights")).exists();
        assertThat(there.resolve("checkpoints/step-000000001")).doesNotExist();
    }

    @Test
    void storeOutOfReachWhenARunIsBroughtIsAProblem() {
        objects.setAway(true);

        try (RunFolder run = RunFolder.open(there, this::hear)) {
            assertThatThrownBy(() -> run(there).bring(run, Optional.of(from)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.RUNS_UNAVAILABLE));
        }
    }
}
