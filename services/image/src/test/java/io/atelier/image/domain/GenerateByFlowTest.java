package io.atelier.image.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.image.domain.Generated.GeneratedPicture;
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
import io.atelier.kernel.Seeds;
import io.atelier.kit.models.TinyFlow;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerateByFlowTest {
    private static final Caller CALLER = new Caller(Entrance.GRPC, "test", Priority.INTERACTIVE, 1 << 20);
    private static final RequestKey KEY = RequestKey.of("image", Entrance.GRPC, "test", "1");
    private static final TinyFlow FLOW = TinyFlow.named("flow").batch(4);
    private static final int SIZE = 64;
    private static final int STAR = 2;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final Set<Integer> batches = ConcurrentHashMap.newKeySet();
    private final DirectoryStore store;
    private final ModelServer models;
    private final GenerateImages useCase;

    GenerateByFlowTest(@TempDir Path folder) {
        DirectoryModelRepository repository = new DirectoryModelRepository(folder.resolve("models"), clock);
        FLOW.publish(repository, folder.resolve("drafts"));
        TinyFlow.named("slow").slow(20).publish(repository, folder.resolve("slow-drafts"));
        store = DirectoryStore.open(StoreSettings.of(folder.resolve("store")), clock);
        InferenceListener noting = new InferenceListener() {
            @Override
            public void ran(ModelManifest model, String graph, int rows, Duration run) {
                batches.add(rows);
            }
        };
        models = OnnxModelServer.start(
                repository, Set.of(ModelTask.IMAGE_FLOW), InferenceSettings.defaults(), noting, clock);
        useCase = new GenerateImages(models, store.artifacts());
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
    void twoStepsByEulersMethodGiveWhatTheyGiveByHand() {
        Generated made = run(request("flow", 2, sampling(2, 2, "euler")));
        for (int index = 0; index < 2; index++) {
            double[] x = noise(index);
            double[] pattern = pattern();
            for (int i = 0; i < SIZE; i++) {
                x[i] += 0.5 * velocity(x[i], 0, 2 * pattern[i]);
                x[i] += 0.5 * velocity(x[i], 0.5, 2 * pattern[i]);
            }
            assertShows(made.pictures().get(index), x);
        }
    }

    @Test
    void twoStepsByHeunsMethodGiveWhatTheyGiveByHand() {
        Generated made = run(request("flow", 1, sampling(2, 0.5, "heun")));
        double[] x = noise(0);
        double[] pattern = pattern();
        for (int i = 0; i < SIZE; i++) {
            double before = velocity(x[i], 0, 0.5 * pattern[i]);
            double after = velocity(x[i] + 0.5 * before, 0.5, 0.5 * pattern[i]);
            x[i] += 0.5 * (before + after) / 2;
            x[i] += 0.5 * velocity(x[i], 0.5, 0.5 * pattern[i]); // the last step is Euler's
        }
        assertShows(made.pictures().getFirst(), x);
    }

    @Test
    void requestThatSaysNothingIsMadeByTheModelsDefaults() {
        assertThat(ids(run(request("flow", 2, Sampling.NONE))))
                .isEqualTo(ids(run(request("flow", 2, sampling(TinyFlow.STEPS, TinyFlow.GUIDANCE, "euler")))))
                .isNotEqualTo(ids(run(request("flow", 2, sampling(TinyFlow.STEPS, 1, "euler")))));
    }

    @Test
    void pictureIsTheSameAloneAndInRowsThatNoRunTakesTogether() {
        List<String> five = ids(run(request("flow", 5, sampling(3, 2, "heun")))); // 10 rows, 4 in a run
        assertThat(five).doesNotHaveDuplicates();
        assertThat(ids(run(request("flow", 1, sampling(3, 2, "heun"))))).isEqualTo(five.subList(0, 1));
    }

    @Test
    void requestsAtDifferentStepsShareRunsAndChangeNothing() throws InterruptedException, ExecutionException {
        List<Sampling> ways = List.of(
                sampling(9, 1, "euler"), sampling(5, 1, "heun"), sampling(7, 1, "euler"), sampling(2, 1, "heun"));
        List<List<String>> alone = new ArrayList<>();
        for (Sampling way : ways) {
            alone.add(ids(run(request("slow", 1, way))));
        }
        assertThat(batches).isNotEmpty();
        batches.clear();
        List<List<String>> together = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Generated>> asked = ways.stream()
                    .map(way -> clients.submit(() -> run(request("slow", 1, way))))
                    .toList();
            for (Future<Generated> one : asked) {
                together.add(ids(one.get()));
            }
        }
        assertThat(together).isEqualTo(alone);
        assertThat(batches).contains(2); // of requests that ask for one row at a time
    }

    @Test
    void markNamesStepsGuidanceAndSamplerAsUsed() {
        Generated made = run(request("flow", 1, sampling(6, OptionalDouble.empty(), Optional.of("heun"))));
        Provenance mark = made.pictures().getFirst().artifact().provenance().orElseThrow();
        assertThat(mark.parameters())
                .containsOnlyKeys("format", "guidance", "index", "label", "sampler", "size", "steps")
                .containsEntry("steps", "6")
                .containsEntry("guidance", Double.toString(TinyFlow.GUIDANCE))
                .containsEntry("sampler", "heun");
    }

    @Test
    void progressCountsEvaluations() {
        List<Integer> told = new ArrayList<>();
        run(request("flow", 3, sampling(3, 2, "heun")), Deadline.NEVER, new Cancellation(), (done, total) -> {
            assertThat(total).isEqualTo(5);
            told.add(done);
        });
        assertThat(told).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void previewsShowAfterEveryAskedStepWhatPicturesBecome() {
        List<WorkPreview> shown = new ArrayList<>();
        ProgressListener showing = new ProgressListener() {
            @Override
            public void report(int done, int total) {}

            @Override
            public void preview(WorkPreview preview) {
                shown.add(preview);
            }
        };
        Sampling everySecond =
                new Sampling(OptionalInt.of(5), OptionalDouble.of(1), Optional.of("euler"), OptionalInt.of(2));
        run(request("flow", 2, everySecond), Deadline.NEVER, new Cancellation(), showing);
        assertThat(shown).extracting(WorkPreview::index).containsExactly(0, 1, 0, 1); // after 2 and after 4 of 5 steps

        double[] x = noise(0);
        double[] pattern = pattern();
        for (int step = 0; step < 2; step++) {
            for (int i = 0; i < SIZE; i++) {
                x[i] += 0.2 * velocity(x[i], 0.2 * step, pattern[i]);
            }
        }
        for (int i = 0; i < SIZE; i++) {
            x[i] += 0.6 * velocity(x[i], 0.4, pattern[i]);
        }
        assertShows(Pictures.decode(shown.getFirst().content(), "content", SIZE), x);
        assertThat(shown.getFirst().mediaType()).isEqualTo("image/png");
    }

    @Test
    void previewsAreRefusedWhereNoneCanBeSent() {
        Sampling shown = new Sampling(OptionalInt.empty(), OptionalDouble.empty(), Optional.empty(), OptionalInt.of(1));
        Caller kafka = new Caller(Entrance.KAFKA, "test", Priority.BULK, 1 << 20);
        RunContext context =
                new RunContext(KEY, "1", "/test", Deadline.NEVER, new Cancellation(), ProgressListener.NONE);
        assertThatThrownBy(() -> useCase.run(request("flow", 1, shown), kafka, context, manifest -> {}))
                .hasMessageContaining("gRPC alone");
    }

    @Test
    void walkOfAFlowBeginsAtItsSeedAndEndsAtTheOther() {
        GenerateRequest walk = walking(request("flow", 3, sampling(3, 1, "euler")), 11);
        List<String> strip = ids(run(walk));
        assertThat(strip).doesNotHaveDuplicates();
        GenerateRequest end = new GenerateRequest(
                "flow",
                "star",
                List.of(),
                OptionalInt.of(1),
                Randomness.seeded(11),
                OptionalInt.empty(),
                PictureFormat.PNG,
                false,
                sampling(3, 1, "euler"));
        assertShows(run(walk).pictures().getLast(), decoded(run(end).pictures().getFirst()));
    }

    private static GenerateRequest walking(GenerateRequest request, long to) {
        return new GenerateRequest(
                request.model(),
                request.label(),
                request.labels(),
                request.count(),
                new Randomness(request.randomness().seed(), OptionalLong.of(to), OptionalDouble.empty()),
                request.size(),
                request.format(),
                request.contactSheet(),
                request.sampling());
    }

    @Test
    void cancelledRequestLeavesBeforeTheNextStepAndStoresNothing() {
        long before = store.usedBytes();
        Cancellation cancellation = new Cancellation();
        List<Integer> told = new ArrayList<>();
        ProblemException stopped = catchThrowableOfType(
                ProblemException.class,
                () -> run(request("flow", 2, sampling(50, 2, "euler")), Deadline.NEVER, cancellation, (done, total) -> {
                    told.add(done);
                    cancellation.cancel();
                }));
        assertThat(stopped.problem().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(told).containsExactly(1);
        assertThat(store.usedBytes()).isEqualTo(before);
    }

    @Test
    void lateRequestStartsNoFurtherStep() {
        List<Integer> told = new ArrayList<>();
        Deadline soon = Deadline.after(Duration.ofMinutes(1), clock);
        try {
            ProblemException late = catchThrowableOfType(
                    ProblemException.class,
                    () -> run(request("flow", 1, sampling(50, 2, "euler")), soon, new Cancellation(), (done, total) -> {
                        told.add(done);
                        ahead.set(done < 3 ? Duration.ZERO : Duration.ofMinutes(2));
                    }));
            assertThat(late.problem().code()).isEqualTo(ErrorCode.DEADLINE);
        } finally {
            ahead.set(Duration.ZERO);
        }
        assertThat(told).containsExactly(1, 2, 3);
    }

    private static double[] noise(int index) {
        double[] values = new double[SIZE];
        float[] noise = Seeds.gaussians(Seeds.derive(9, index), SIZE);
        for (int i = 0; i < SIZE; i++) {
            values[i] = noise[i];
        }
        return values;
    }

    /** Where the label draws to: what is left of the velocity at 0. */
    private static double[] pattern() {
        float[] velocities = FLOW.velocities(new float[SIZE], new float[1], new long[] {STAR});
        double[] pattern = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            pattern[i] = velocities[i];
        }
        return pattern;
    }

    private static double velocity(double x, double time, double pattern) {
        return TinyFlow.PULL * x + TinyFlow.DRIFT * time + pattern;
    }

    private Picture decoded(GeneratedPicture made) {
        return Pictures.decode(store.artifacts().read(made.artifact().id(), 1 << 20), "content", SIZE);
    }

    private void assertShows(GeneratedPicture made, Picture other) {
        assertThat(decoded(made).pixels()).isEqualTo(other.pixels());
    }

    private void assertShows(GeneratedPicture made, double[] values) {
        assertShows(decoded(made), values);
    }

    private static void assertShows(Picture picture, double[] values) {
        for (int i = 0; i < SIZE; i++) {
            double light = (Math.clamp(values[i], -1, 1) + 1) / 2 * 255;
            assertThat((double) (picture.pixels()[i] & 0xff)).isCloseTo(light, within(0.51));
        }
    }

    private static List<String> ids(Generated made) {
        return made.pictures().stream()
                .map(GeneratedPicture::artifact)
                .map(artifact -> artifact.id())
                .map(Digest::hex)
                .toList();
    }

    private Generated run(GenerateRequest request) {
        return run(request, Deadline.NEVER, new Cancellation(), ProgressListener.NONE);
    }

    private Generated run(
            GenerateRequest request, Deadline deadline, Cancellation cancellation, ProgressListener progress) {
        RunContext context = new RunContext(KEY, "1", "/test", deadline, cancellation, progress);
        return useCase.run(request, CALLER, context, manifest -> {});
    }

    private static Sampling sampling(int steps, double guidance, String sampler) {
        return sampling(steps, OptionalDouble.of(guidance), Optional.of(sampler));
    }

    private static Sampling sampling(int steps, OptionalDouble guidance, Optional<String> sampler) {
        return new Sampling(OptionalInt.of(steps), guidance, sampler, OptionalInt.empty());
    }

    private static GenerateRequest request(String model, int count, Sampling sampling) {
        return new GenerateRequest(
                model,
                "star",
                List.of(),
                OptionalInt.of(count),
                Randomness.seeded(9),
                OptionalInt.empty(),
                PictureFormat.PNG,
                false,
                sampling);
    }
}
