package io.atelier.image.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.inference.InferenceListener;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.ModelServer;
import io.atelier.inference.OnnxModelServer;
import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.kernel.Seeds;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerateImagesTest {
    private static final Caller CALLER = new Caller(Entrance.GRPC, "test", Priority.INTERACTIVE, 1 << 20);
    private static final RequestKey KEY = RequestKey.of("image", Entrance.GRPC, "test", "1");

    private final InstantSource clock = InstantSource.system();
    private final DirectoryStore store;
    private final ModelServer models;
    private final GenerateImages useCase;

    GenerateImagesTest(@TempDir Path folder) {
        DirectoryModelRepository repository = new DirectoryModelRepository(folder.resolve("models"), clock);
        TinyGenerator.named("tiny").batch(2).publish(repository, folder.resolve("drafts"));
        TinyGenerator.named("slow").batch(1).slow(300).publish(repository, folder.resolve("slow-drafts"));
        store = DirectoryStore.open(StoreSettings.of(folder.resolve("store")), clock);
        models = OnnxModelServer.start(
                repository,
                Set.of(ModelTask.IMAGE_CLASS_CONDITIONAL),
                InferenceSettings.defaults(),
                InferenceListener.NONE,
                clock);
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
    void requestWithoutASeedTakesItFromItsKey() {
        Generated made = run(request(1, OptionalLong.empty()), new Cancellation(), ProgressListener.NONE);
        assertThat(made.seed()).isEqualTo(Seeds.fromKey(KEY));
        assertThat(run(request(1, OptionalLong.empty()), new Cancellation(), ProgressListener.NONE)
                        .pictures())
                .isEqualTo(made.pictures());
    }

    @Test
    void markNamesWhatShapedThePictureAndNothingElse() {
        Generated made = run(request(3, OptionalLong.of(9)), new Cancellation(), ProgressListener.NONE);
        Provenance mark = made.pictures().get(2).artifact().provenance().orElseThrow();
        assertThat(mark.model()).isEqualTo("tiny");
        assertThat(mark.modelDigest()).isEqualTo(made.model().digest());
        assertThat(mark.seed()).isEqualTo(9);
        assertThat(mark.parameters())
                .containsOnlyKeys("format", "index", "label", "size")
                .containsEntry("index", "2")
                .containsEntry("label", "star");
    }

    @Test
    void progressReachesTheTotal() {
        // runs that take a while: a caller that wakes late may be told of several at once, never of all twelve
        List<Integer> done = new ArrayList<>();
        run(request("slow", 12, OptionalLong.of(1)), new Cancellation(), (step, total) -> {
            assertThat(total).isEqualTo(12);
            done.add(step);
        });
        assertThat(done).isSorted().endsWith(12).hasSizeGreaterThan(1);
    }

    @Test
    void walkIsAStripFromOneSeedToTheOther() {
        Generated walk = run(walk("star", 5, OptionalDouble.empty()));
        assertThat(walk.pictures()).hasSize(5);
        assertThat(mark(walk, 1).parameters())
                .containsEntry("walk_to_seed", "8")
                .containsEntry("count", "5")
                .containsEntry("index", "1");
        int side = walk.pictures().getFirst().width();
        assertThat(picture(walk.contactSheet().orElseThrow()).width()).isGreaterThanOrEqualTo(5 * side);
        assertThat(picture(walk.contactSheet().orElseThrow()).height()).isLessThan(2 * side);
        Generated start = run(new GenerateRequest(
                "tiny",
                "star",
                List.of(),
                OptionalInt.of(1),
                Randomness.seeded(9),
                OptionalInt.empty(),
                PictureFormat.PNG,
                false,
                Sampling.NONE));
        assertThat(pixels(walk, 0)).isEqualTo(pixels(start, 0)).isNotEqualTo(pixels(walk, 2));
        assertThat(pixels(walk, 2)).isNotEqualTo(pixels(walk, 4));
    }

    @Test
    void walkThatNamesNoLabelOrNoCountIsRefused() {
        assertThatThrownBy(() -> run(walk("", 3, OptionalDouble.empty()))).hasMessageContaining("one label");
        assertThatThrownBy(() -> run(walk("star", 1, OptionalDouble.empty()))).hasMessageContaining("give count");
    }

    @Test
    void truncationDrawsLatentsToTheMiddle() {
        Generated none = run(walk("star", 2, OptionalDouble.of(0)));
        assertThat(pixels(none, 0)).isEqualTo(pixels(none, 1)); // all latents are in the middle
        assertThat(mark(none, 0).parameters()).containsEntry("truncation", "0.0");
        Generated half = run(walk("star", 2, OptionalDouble.of(0.5)));
        assertThat(pixels(half, 0)).isNotEqualTo(pixels(none, 0)).isNotEqualTo(pixels(half, 1));
        Generated whole = run(walk("star", 2, OptionalDouble.of(1)));
        assertThat(whole.pictures())
                .isEqualTo(run(walk("star", 2, OptionalDouble.empty())).pictures());
        for (double outside : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> run(walk("star", 2, OptionalDouble.of(outside))))
                    .hasMessageContaining("0 to 1");
        }
    }

    private static GenerateRequest walk(String label, int count, OptionalDouble truncation) {
        return new GenerateRequest(
                "tiny",
                label,
                List.of(),
                OptionalInt.of(count),
                new Randomness(OptionalLong.of(9), OptionalLong.of(8), truncation),
                OptionalInt.empty(),
                PictureFormat.PNG,
                true,
                Sampling.NONE);
    }

    private Generated run(GenerateRequest request) {
        return run(request, new Cancellation(), ProgressListener.NONE);
    }

    private static Provenance mark(Generated made, int index) {
        return made.pictures().get(index).artifact().provenance().orElseThrow();
    }

    private Picture picture(ArtifactInfo artifact) {
        return Pictures.decode(store.artifacts().read(artifact.id(), 1 << 20), "content", 1 << 20);
    }

    private byte[] pixels(Generated made, int index) {
        return picture(made.pictures().get(index).artifact()).pixels();
    }

    @Test
    void cancelledRequestStoresNothing() {
        long before = store.usedBytes();
        Cancellation cancellation = new Cancellation();
        ProblemException stopped = catchThrowableOfType(
                ProblemException.class,
                () -> run(
                        request("slow", 64, OptionalLong.of(4)), cancellation, (done, total) -> cancellation.cancel()));
        assertThat(stopped.problem().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(store.usedBytes()).isEqualTo(before);
    }

    private Generated run(GenerateRequest request, Cancellation cancellation, ProgressListener progress) {
        RunContext context = new RunContext(KEY, "1", "/test", Deadline.NEVER, cancellation, progress);
        return useCase.run(request, CALLER, context, manifest -> {});
    }

    private static GenerateRequest request(int count, OptionalLong seed) {
        return request("tiny", count, seed);
    }

    private static GenerateRequest request(String model, int count, OptionalLong seed) {
        return new GenerateRequest(
                model,
                "",
                List.of(),
                OptionalInt.of(count),
                new Randomness(seed, OptionalLong.empty(), OptionalDouble.empty()),
                OptionalInt.empty(),
                PictureFormat.PNG,
                false,
                Sampling.NONE);
    }
}
