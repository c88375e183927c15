package io.atelier.image.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.pictures.Resizing;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.artifacts.tiles.NoiseField;
import io.atelier.artifacts.tiles.Parts;
import io.atelier.artifacts.tiles.Tile;
import io.atelier.image.domain.Stylizer.Beside;
import io.atelier.inference.InferenceListener;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.inference.OnnxModelServer;
import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.kernel.Seeds;
import io.atelier.kit.models.TinyStyle;
import io.atelier.kit.models.TinyStyle.Form;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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
class StylizeImageTest {
    private static final Caller CALLER = new Caller(Entrance.GRPC, "test", Priority.INTERACTIVE, 8 << 20);
    private static final RequestKey KEY = RequestKey.of("image", Entrance.GRPC, "test", "1");
    private static final StylizeLimits LIMITS = new StylizeLimits(1_000_000, 1_500_000);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final DirectoryStore store;
    private final ModelServer models;
    private final StylizeImage useCase;

    StylizeImageTest(@TempDir Path folder) {
        DirectoryModelRepository repository = new DirectoryModelRepository(folder.resolve("models"), clock);
        TinyStyle.named("parts").publish(repository, folder.resolve("drafts"));
        TinyStyle.named("single").labels("dunes").publish(repository, folder.resolve("single"));
        TinyStyle.named("open").form(Form.OPEN).publish(repository, folder.resolve("open"));
        TinyStyle.named("fixed").form(Form.FIXED).publish(repository, folder.resolve("fixed"));
        store = DirectoryStore.open(StoreSettings.of(folder.resolve("store")), clock);
        models = OnnxModelServer.start(
                repository, Set.of(ModelTask.IMAGE_STYLE), InferenceSettings.defaults(), InferenceListener.NONE, clock);
        useCase = new StylizeImage(models, store.artifacts(), LIMITS);
    }

    @BeforeAll
    void ready() {
        await().atMost(Duration.ofSeconds(30)).until(models::ready);
        assertThat(models.models())
                .allSatisfy(model -> assertThat(model.problem()).isEmpty());
    }

    @AfterAll
    void close() {
        models.close();
        store.close();
    }

    /** What asks; each test changes what it is about. */
    private static final class Asking {
        private String model = "parts";
        private Input content = new Input.None();
        private StyleChoice style = StyleChoice.of("dunes");
        private OptionalDouble strength = OptionalDouble.empty();
        private boolean keepColours;
        private OptionalLong seed = OptionalLong.of(9);
        private OptionalInt size = OptionalInt.empty();
        private PictureFormat format = PictureFormat.PNG;
        private OptionalInt previewEvery = OptionalInt.empty();
        private Optional<StylizeRequest.FixedSize> fixed = Optional.empty();

        static Asking of(Picture picture) {
            Asking asking = new Asking();
            asking.content = new Input.Content(png(picture));
            return asking;
        }

        Asking model(String other) {
            model = other;
            style = other.equals("parts") ? style : StyleChoice.NONE;
            return this;
        }

        Asking style(StyleChoice other) {
            style = other;
            return this;
        }

        Asking strength(double other) {
            strength = OptionalDouble.of(other);
            return this;
        }

        StylizeRequest request() {
            return new StylizeRequest(
                    model, content, style, strength, keepColours, seed, size, format, previewEvery, fixed);
        }
    }

    @Test
    void partsOfALargePictureMeetAsIfItWerePaintedAtOnce() {
        Picture photograph = picture(987, 801);
        List<String> progress = new ArrayList<>();
        Picture made = decoded(run(
                Asking.of(photograph).request(),
                Deadline.NEVER,
                new Cancellation(),
                (done, total) -> progress.add(done + "/" + total)));
        assertThat(progress).containsExactly("1/5", "2/5", "3/5", "4/5", "5/5"); // moments, and two by two parts

        try (ModelHandle model = models.acquire(ModelRef.parse("parts"))) {
            Stylizer stylizer = Stylizer.of(model.manifest());
            float[] style = stylizer.style(new TreeMap<>(Map.of("dunes", 1.0)));
            float[] moments = moments(model, stylizer, photograph, style);
            int reach = TinyStyle.REACH;
            Picture shown = Parts.of(photograph, 992, 816, -reach, -reach, 992 + 2 * reach, 816 + 2 * reach);
            float[] noise = new NoiseField(9, 1, 248, 204).part(-8, -8, 264, 220);
            GraphSpec graph = stylizer.tile().orElseThrow();
            Picture whole = paint(model, stylizer, graph, shown, new Beside(style, noise, moments))
                    .picture();
            Picture expected = Parts.of(whole, reach, reach, 987, 801);
            assertThat(apart(made, expected)).isLessThanOrEqualTo(1); // rounding of sums in another order
            assertThat(apart(made, photograph)).isGreaterThan(20);
        }
    }

    /** Of the smaller version that a large picture's moments are taken from. */
    private static float[] moments(ModelHandle model, Stylizer stylizer, Picture photograph, float[] style) {
        double scale = Math.sqrt((double) Tile.MAX_WHOLE_PIXELS / (987 * 801));
        int width = (int) (987 * scale);
        int height = (int) (801 * scale);
        int wide = Math.ceilDiv(width, 16) * 16;
        int high = Math.ceilDiv(height, 16) * 16;
        int most = Tile.MAX_WHOLE_PIXELS / 16;
        Picture small =
                Resizing.resize(photograph, Math.min(width, most / high * 16), Math.min(height, most / wide * 16));
        int w = Math.ceilDiv(small.width(), 16) * 16;
        int h = Math.ceilDiv(small.height(), 16) * 16;
        Picture shown = Parts.of(small, 0, 0, w, h);
        float[] noise = new NoiseField(9, 1, w / 4, h / 4).part(0, 0, w / 4, h / 4);
        return paint(model, stylizer, stylizer.whole(), shown, new Beside(style, noise, new float[0]))
                .moments();
    }

    private static Stylizer.Painted paint(
            ModelHandle model, Stylizer stylizer, GraphSpec graph, Picture shown, Beside beside) {
        Serving serving = new Serving(model, CALLER, context(Deadline.NEVER, new Cancellation(), (a, b) -> {}));
        return stylizer.painted(
                graph,
                model.run(serving.request(graph.role(), stylizer.inputs(graph, shown, beside), rows -> {})),
                shown);
    }

    @Test
    void pictureOfAnySizeKeepsItsSizeInEveryKindOfNetwork() {
        for (String model : List.of("parts", "open", "fixed")) {
            for (int[] size : new int[][] {{1, 1}, {1, 700}, {17, 33}, {96, 96}, {81, 80}, {250, 97}, {900, 700}}) {
                Stylized made =
                        run(Asking.of(picture(size[0], size[1])).model(model).request());
                assertThat(made.width()).as(model).isEqualTo(size[0]);
                assertThat(decoded(made).height()).as(model).isEqualTo(size[1]);
            }
        }
    }

    @Test
    void sizeAskedForIsTheLongerSide() {
        Asking asking = Asking.of(picture(300, 100));
        asking.size = OptionalInt.of(150);
        Stylized made = run(asking.request());
        assertThat(made.width()).isEqualTo(150);
        assertThat(made.height()).isEqualTo(50);
        for (int size : new int[] {0, -1, 1733, Integer.MAX_VALUE}) {
            asking.size = OptionalInt.of(size);
            assertThat(refused(asking))
                    .returns(ErrorCode.UNSUPPORTED_SIZE, Problem::code)
                    .returns(Optional.of("1..1732"), Problem::limit);
        }
        asking.size = OptionalInt.of(1732);
        assertThat(run(asking.request()).width()).isEqualTo(1732);
    }

    @Test
    void requestsAtOnceChangeNothing() throws InterruptedException, ExecutionException {
        List<StylizeRequest> requests = List.of(
                Asking.of(picture(700, 600)).request(),
                Asking.of(picture(90, 80)).style(StyleChoice.of("storm")).request(),
                Asking.of(picture(300, 200)).model("fixed").request(),
                Asking.of(picture(120, 200)).strength(0.4).request());
        List<Digest> alone = requests.stream().map(one -> id(run(one))).toList();
        assertThat(alone).doesNotHaveDuplicates();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Digest>> asked = requests.stream()
                    .map(one -> clients.submit(() -> id(run(one))))
                    .toList();
            for (int i = 0; i < asked.size(); i++) {
                assertThat(asked.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void seedChangesTheNoiseAndComesFromTheKeyWhenNoneIsGiven() {
        Asking asking = Asking.of(picture(90, 80));
        Digest nine = id(run(asking.request()));
        asking.seed = OptionalLong.of(10);
        assertThat(id(run(asking.request()))).isNotEqualTo(nine);
        asking.seed = OptionalLong.empty();
        assertThat(run(asking.request()).seed()).isEqualTo(Seeds.fromKey(KEY));
    }

    @Test
    void strengthMixesWithThePhotographAndColoursCanBeKept() {
        Picture photograph = picture(90, 80);
        Picture full = decoded(run(Asking.of(photograph).request()));
        assertThat(decoded(run(Asking.of(photograph).strength(0).request())).pixels())
                .isEqualTo(photograph.pixels());
        Picture half = decoded(run(Asking.of(photograph).strength(0.5).request()));
        for (int i = 0; i < half.pixels().length; i++) {
            int mean = (full.pixels()[i] & 0xFF) + (photograph.pixels()[i] & 0xFF);
            assertThat(2 * (half.pixels()[i] & 0xFF)).isBetween(mean - 1, mean + 1);
        }
        Asking keeping = Asking.of(photograph);
        keeping.keepColours = true;
        Picture kept = decoded(run(keeping.request()));
        int compared = 0;
        for (int i = 0; i < kept.pixels().length; i += 3) {
            int red = kept.pixels()[i] & 0xFF;
            int blue = kept.pixels()[i + 2] & 0xFF;
            int green = kept.pixels()[i + 1] & 0xFF;
            if (Math.min(red, Math.min(green, blue)) > 0 && Math.max(red, Math.max(green, blue)) < 255) {
                assertThat(red - blue)
                        .isEqualTo((photograph.pixels()[i] & 0xFF) - (photograph.pixels()[i + 2] & 0xFF));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
        assertThat(kept.pixels()).isNotEqualTo(photograph.pixels());
    }

    @Test
    void blendLiesBetweenItsStylesAndSharesAreMadeToSumToOne() {
        Picture photograph = picture(90, 80);
        Digest dunes = id(run(Asking.of(photograph).request()));
        Asking blend = Asking.of(photograph);
        assertThat(decoded(run(blend.style(blend(Map.of("dunes", 1.0, "storm", 0.0)))
                                .request()))
                        .pixels())
                .isEqualTo(decoded(run(Asking.of(photograph).request())).pixels());
        Digest mixed =
                id(run(blend.style(blend(Map.of("dunes", 0.2, "storm", 0.2))).request()));
        assertThat(mixed)
                .isNotEqualTo(dunes)
                .isEqualTo(id(run(
                        blend.style(blend(Map.of("dunes", 0.5, "storm", 0.5))).request())));
    }

    @Test
    void stylesThatDoNotFitAreRefusedByTheirField() {
        Asking asking = Asking.of(picture(90, 80));
        assertThat(refused(asking.style(StyleChoice.NONE)))
                .returns(ErrorCode.MISSING_FIELD, Problem::code)
                .returns(Optional.of("style"), Problem::field)
                .returns(Optional.of("dunes, harbour, storm"), Problem::limit);
        assertThat(refused(asking.style(StyleChoice.of("gale"))))
                .returns(ErrorCode.UNKNOWN_LABEL, Problem::code)
                .returns(Optional.of("style"), Problem::field);
        assertThat(refused(asking.style(new StyleChoice("storm", Map.of("dunes", 1.0)))))
                .returns(ErrorCode.CONFLICTING_FIELDS, Problem::code);
        assertThat(refused(asking.style(blend(Map.of("gale", 1.0))))).returns(Optional.of("blend"), Problem::field);
        for (double share : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY, 0}) {
            assertThat(refused(asking.style(blend(Map.of("storm", share)))))
                    .returns(ErrorCode.OUT_OF_RANGE_FIELD, Problem::code)
                    .returns(Optional.of("blend"), Problem::field);
        }
        for (String model : List.of("single", "open", "fixed")) {
            asking.model(model);
            assertThat(refused(asking.style(StyleChoice.of("dunes"))))
                    .returns(ErrorCode.UNSUPPORTED_FIELD, Problem::code)
                    .returns(Optional.of("style"), Problem::field);
            assertThat(refused(asking.style(blend(Map.of("dunes", 1.0)))))
                    .returns(Optional.of("blend"), Problem::field);
            assertThat(run(asking.style(StyleChoice.NONE).request()).width()).isEqualTo(90);
        }
    }

    @Test
    void otherFieldsThatDoNotFitAreRefusedByTheirName() {
        Asking asking = Asking.of(picture(90, 80));
        for (double strength : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThat(refused(Asking.of(picture(90, 80)).strength(strength)))
                    .returns(ErrorCode.OUT_OF_RANGE_FIELD, Problem::code)
                    .returns(Optional.of("strength"), Problem::field)
                    .returns(Optional.of("0..1"), Problem::limit);
        }
        asking.fixed = Optional.of(StylizeRequest.FixedSize.RESIZE);
        assertThat(refused(asking)).returns(Optional.of("fixed_size"), Problem::field);
        asking.fixed = Optional.empty();
        asking.previewEvery = OptionalInt.of(0);
        assertThat(refused(asking)).returns(Optional.of("preview_every"), Problem::field);
        asking.previewEvery = OptionalInt.empty();
        asking.content = new Input.None();
        assertThat(refused(asking))
                .returns(ErrorCode.MISSING_FIELD, Problem::code)
                .returns(Optional.of("content"), Problem::field);
        asking.content = new Input.Stored("nonsense");
        assertThat(refused(asking))
                .returns(ErrorCode.MALFORMED_ID, Problem::code)
                .returns(Optional.of("artifact_id"), Problem::field);
        asking.content = new Input.Content(new byte[] {1, 2, 3});
        assertThat(refused(asking)).returns(ErrorCode.NOT_A_PICTURE, Problem::code);
        asking.content = new Input.Content(png(picture(1001, 1000)));
        assertThat(refused(asking))
                .returns(ErrorCode.TOO_LARGE, Problem::code)
                .returns(Optional.of("content"), Problem::field)
                .returns(Optional.of("1000000 pixels"), Problem::limit);
        assertThat(refused(asking.model("absent"))).returns(ErrorCode.UNKNOWN_MODEL, Problem::code);
    }

    @Test
    void transparencyComesBackUnchangedAndWhatItHidesPaintsNothing() {
        Picture one = pierced(20);
        Picture other = pierced(230);
        Picture made = decoded(run(Asking.of(one).request()));
        assertThat(made.channels()).isEqualTo(4);
        for (int i = 3; i < made.pixels().length; i += 4) {
            assertThat(made.pixels()[i]).isEqualTo(one.pixels()[i]);
        }
        assertThat(decoded(run(Asking.of(other).request())).pixels()).isEqualTo(made.pixels());
        Asking flat = Asking.of(one);
        flat.format = PictureFormat.JPEG;
        Picture overWhite = decoded(run(flat.request()));
        assertThat(overWhite.channels()).isEqualTo(3);
        assertThat(overWhite.pixels()[(40 * 90 + 45) * 3] & 0xFF).isGreaterThan(245);
    }

    @Test
    void networkOfOneSizeIsUsedInPartsOrByResizing() {
        Picture photograph = picture(250, 150);
        Asking asking = Asking.of(photograph).model("fixed");
        Digest tiled = id(run(asking.request()));
        asking.fixed = Optional.of(StylizeRequest.FixedSize.TILE);
        assertThat(id(run(asking.request()))).isEqualTo(tiled);
        asking.fixed = Optional.of(StylizeRequest.FixedSize.RESIZE);
        List<Integer> runs = new ArrayList<>();
        Stylized resized = run(asking.request(), Deadline.NEVER, new Cancellation(), (done, total) -> runs.add(total));
        assertThat(id(resized)).isNotEqualTo(tiled);
        assertThat(runs).containsExactly(1);

        // of the network's own size both are what the network paints
        asking = Asking.of(picture(96, 96)).model("fixed");
        byte[] whole = decoded(run(asking.request())).pixels();
        asking.fixed = Optional.of(StylizeRequest.FixedSize.RESIZE);
        assertThat(decoded(run(asking.request())).pixels()).isEqualTo(whole);
    }

    @Test
    void markNamesWhatShapedThePictureAndNothingElse() {
        Asking asking = Asking.of(picture(90, 80)).strength(0.75);
        Provenance mark = run(asking.request()).artifact().provenance().orElseThrow();
        assertThat(mark.model()).isEqualTo("parts");
        assertThat(mark.seed()).isEqualTo(9);
        assertThat(mark.parameters())
                .containsOnlyKeys("content", "format", "keep_colours", "size", "strength", "style")
                .containsEntry("style", "dunes")
                .containsEntry("strength", "0.75")
                .containsEntry("keep_colours", "false")
                .containsEntry("size", "90x80");
        asking.style(blend(Map.of("storm", 0.25, "dunes", 0.75)));
        assertThat(run(asking.request()).artifact().provenance().orElseThrow().parameters())
                .containsEntry("blend", "dunes:0.75,storm:0.25")
                .doesNotContainKey("style");
        asking.model("fixed");
        assertThat(run(asking.request()).artifact().provenance().orElseThrow().parameters())
                .containsEntry("fixed_size", "tile")
                .doesNotContainKeys("style", "blend");
    }

    @Test
    void previewsShowThePhotographWhereNothingIsPaintedYet() {
        Picture photograph = picture(900, 800);
        Asking asking = Asking.of(photograph);
        asking.previewEvery = OptionalInt.of(2);
        List<WorkPreview> shown = new ArrayList<>();
        ProgressListener showing = new ProgressListener() {
            @Override
            public void report(int done, int total) {}

            @Override
            public void preview(WorkPreview preview) {
                shown.add(preview);
            }
        };
        run(asking.request(), Deadline.NEVER, new Cancellation(), showing);
        assertThat(shown).hasSize(2); // after 2 and 4 of 5 runs, the first of which is for the moments
        Picture first = Pictures.decode(shown.getFirst().content(), "content", 1 << 20);
        assertThat(first.width()).isEqualTo(Limits.MAX_PREVIEW_SIDE);
        Picture small = Resizing.resize(photograph, first.width(), first.height());
        int half = first.width() / 2;
        Picture unpainted = Parts.of(first, half + 20, 0, half - 20, first.height());
        assertThat(mean(unpainted, Parts.of(small, half + 20, 0, half - 20, first.height())))
                .isLessThan(4); // but for JPEG the photograph
        Picture painted = Parts.of(first, 0, 0, half - 20, first.height() / 2 - 20);
        assertThat(mean(painted, Parts.of(small, 0, 0, half - 20, first.height() / 2 - 20)))
                .isGreaterThan(10);
        Caller kafka = new Caller(Entrance.KAFKA, "test", Priority.BULK, 8 << 20);
        RunContext context = context(Deadline.NEVER, new Cancellation(), ProgressListener.NONE);
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> useCase.run(asking.request(), kafka, context, manifest -> {}))
                        .problem())
                .returns(Optional.of("preview_every"), Problem::field)
                .returns(Optional.of("only on gRPC"), Problem::limit);
    }

    @Test
    void cancelledRequestLeavesBeforeTheNextPartAndStoresNothing() {
        long before = store.usedBytes();
        Cancellation cancellation = new Cancellation();
        List<Integer> told = new ArrayList<>();
        ProblemException stopped = catchThrowableOfType(
                ProblemException.class,
                () -> run(Asking.of(picture(987, 801)).request(), Deadline.NEVER, cancellation, (done, total) -> {
                    told.add(done);
                    if (done == 2) {
                        cancellation.cancel();
                    }
                }));
        assertThat(stopped.problem().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(told).containsExactly(1, 2);
        assertThat(store.usedBytes()).isEqualTo(before);
    }

    @Test
    void lateRequestStartsNoFurtherPart() {
        List<Integer> told = new ArrayList<>();
        Deadline soon = Deadline.after(Duration.ofMinutes(1), clock);
        try {
            ProblemException late = catchThrowableOfType(
                    ProblemException.class,
                    () -> run(Asking.of(picture(987, 801)).request(), soon, new Cancellation(), (done, total) -> {
                        told.add(done);
                        ahead.set(done < 3 ? Duration.ZERO : Duration.ofMinutes(2));
                    }));
            assertThat(late.problem().code()).isEqualTo(ErrorCode.DEADLINE);
        } finally {
            ahead.set(Duration.ZERO);
        }
        assertThat(told).containsExactly(1, 2, 3);
    }

    @Test
    void photographsBeyondTheBudgetAreRefusedWithADelayAndTakenAfterwards() {
        List<Problem> refusals = new ArrayList<>();
        StylizeRequest large = Asking.of(picture(987, 801)).request();
        run(large, Deadline.NEVER, new Cancellation(), (done, total) -> {
            if (done == 1) {
                refusals.add(catchThrowableOfType(ProblemException.class, () -> run(large))
                        .problem());
                assertThat(run(Asking.of(picture(90, 80)).request()).width()).isEqualTo(90);
            }
        });
        assertThat(refusals).singleElement().returns(ErrorCode.OVERLOADED, Problem::code);
        assertThat(refusals.getFirst().retryAfter()).isPresent();
        assertThat(run(large).width()).isEqualTo(987);
    }

    @Test
    void manifestThatDescribesNoStyleNetworkIsRefused() {
        try (ModelHandle model = models.acquire(ModelRef.parse("parts"))) {
            ModelManifest whole = model.manifest();
            ModelManifest odd = new ModelManifest(
                    whole.schema(),
                    whole.name(),
                    whole.version(),
                    whole.kind(),
                    whole.task(),
                    whole.digest(),
                    whole.files(),
                    whole.graphs(),
                    List.of("dunes", "harbour"),
                    whole.defaults(),
                    whole.limits(),
                    whole.training(),
                    whole.license());
            assertThat(catchThrowableOfType(ProblemException.class, () -> Stylizer.of(odd))
                            .problem()
                            .code())
                    .isEqualTo(ErrorCode.BROKEN_PACKAGE);
        }
    }

    private static StyleChoice blend(Map<String, Double> shares) {
        return new StyleChoice("", shares);
    }

    private Problem refused(Asking asking) {
        return catchThrowableOfType(ProblemException.class, () -> run(asking.request()))
                .problem();
    }

    private Stylized run(StylizeRequest request) {
        return run(request, Deadline.NEVER, new Cancellation(), ProgressListener.NONE);
    }

    private Stylized run(
            StylizeRequest request, Deadline deadline, Cancellation cancellation, ProgressListener progress) {
        return useCase.run(request, CALLER, context(deadline, cancellation, progress), manifest -> {});
    }

    private static RunContext context(Deadline deadline, Cancellation cancellation, ProgressListener progress) {
        return new RunContext(KEY, "1", "/test", deadline, cancellation, progress);
    }

    private Picture decoded(Stylized made) {
        return Pictures.decode(store.artifacts().read(made.artifact().id(), 8 << 20), "content", 1 << 20);
    }

    private static Digest id(Stylized made) {
        return made.artifact().id();
    }

    /** How far two pictures differ where they differ most, in 8-bit levels. */
    private static int apart(Picture one, Picture other) {
        int most = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            most = Math.max(most, Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF)));
        }
        return most;
    }

    /** How far two pictures differ on the average, in 8-bit levels. */
    private static double mean(Picture one, Picture other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
        }
        return sum / one.pixels().length;
    }

    /** Smooth waves of three colours that change their direction, so that no two parts are alike. */
    private static Picture picture(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            double x = i % width;
            double y = Math.floorDiv(i, width);
            for (int c = 0; c < 3; c++) {
                double wave = Math.sin((x * (c + 1) + y * y / 90) / 31) + Math.cos((y - x * x / 700) / (17 + c));
                pixels[i * 3 + c] = (byte) Math.clamp(Math.round(128 + 55 * wave), 0, 255);
            }
        }
        return new Picture(width, height, 3, pixels);
    }

    /** The same with a hole in its middle, in which a colour hides, and half transparent at its left. */
    private static Picture pierced(int hidden) {
        byte[] colours = picture(90, 80).pixels();
        byte[] pixels = new byte[90 * 80 * 4];
        for (int i = 0; i < 90 * 80; i++) {
            boolean hole = Math.abs(i % 90 - 45) < 20 && Math.abs(i / 90 - 40) < 20;
            for (int c = 0; c < 3; c++) {
                pixels[i * 4 + c] = hole ? (byte) hidden : colours[i * 3 + c];
            }
            pixels[i * 4 + 3] = (byte) (hole ? 0 : i % 90 < 10 ? 128 : 255);
        }
        return new Picture(90, 80, 4, pixels);
    }

    private static byte[] png(Picture picture) {
        Provenance any = new Provenance("test", Digest.of(new byte[0]), 0, new TreeMap<>(), "test");
        return Pictures.encode(picture, PictureFormat.PNG, any);
    }
}
