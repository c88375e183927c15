package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.atelier.kit.Event;
import io.atelier.kit.models.TinyClassifier;
import io.atelier.kit.pictures.HostilePicture;
import io.atelier.kit.pictures.HostilePictures;
import io.atelier.kit.pictures.Mutations;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile pictures against the running service, whose heap is 384 MiB: each is answered in time, and nothing of it stays.
 * {@code -Datelier.full=true} sends all 2,000 damaged ones.
 */
class StrangersPicturesTest {
    private static final int MUTATIONS = Boolean.getBoolean("atelier.full") ? 2000 : 100;
    /** Each takes up to 100 MiB while it is read. */
    private static final int AT_ONCE = Boolean.getBoolean("atelier.full") ? 64 : 16;

    private static final int BY_EVENT = 40;
    private static final int EVENT_BYTES = 512 << 10;
    private static final Duration IN_TIME = Duration.ofSeconds(2);
    private static final long MOST_LEFT = 16 << 20;

    @TempDir
    static Path folder;

    private static final List<HostilePicture> ALL = HostilePictures.all();

    private static ImageSystem system;
    private static long liveAtFirst;

    @BeforeAll
    static void start() throws Exception {
        system = ImageSystem.in(folder.resolve("state"));
        TinyClassifier.named("judge").publish(system.repository(), folder.resolve("judge"));
        system.startService();
        // what is loaded and kept once, by every way into the coders
        for (HostilePicture picture : ALL) {
            answer(picture.bytes(), ImageSystem.PATIENCE);
        }
        liveAtFirst = live();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @AfterEach
    void serviceIsUpAndItsHeapFlat() throws Exception {
        system.service().awaitHttp(system.http("/q/health/ready"), IN_TIME);
        long grown = live() - liveAtFirst;
        System.out.println("the service's live heap grew by " + (grown >> 10) + " KiB");
        assertThat(grown).isLessThan(MOST_LEFT);
    }

    @Test
    void eachHostilePictureIsAnsweredInTimeAsItMustBe() {
        Slowest slowest = new Slowest();
        for (HostilePicture picture : ALL) {
            long start = System.nanoTime();
            Optional<ErrorInfo> refused = answer(picture.bytes(), IN_TIME);
            slowest.count(picture.name(), start);
            assertThat(refused.map(ErrorInfo::getReason))
                    .describedAs(picture.name())
                    .isEqualTo(picture.refusal().map(refusal -> refusal.code().id()));
            refused.ifPresent(info -> assertThat(info.getMetadataMap()).containsEntry("field", "content"));
        }
        System.out.println(ALL.size() + " hostile pictures over gRPC: " + slowest);
    }

    @Test
    void damagedPicturesAreAnsweredInTime() {
        Mutations mutations = new Mutations(7);
        Slowest slowest = new Slowest();
        for (int i = 0; i < MUTATIONS; i++) {
            long start = System.nanoTime();
            Optional<ErrorInfo> refused = answer(mutations.get(i), IN_TIME);
            slowest.count("mutation " + i, start);
            refused.ifPresent(info -> assertThat(info.getReason()).isIn("ATELIER-IMAGE-0002", "ATELIER-REQUEST-0005"));
        }
        System.out.println(MUTATIONS + " damaged pictures over gRPC: " + slowest);
    }

    @Test
    void bombsAtOnceThatWouldFillTheHeapLeaveTheServiceUp() throws Exception {
        List<byte[]> bombs = ALL.stream()
                .filter(picture -> picture.name().startsWith("2048x2048 of 16 bits")
                        || picture.name().equals("64 scans of 2048x2048"))
                .map(HostilePicture::bytes)
                .toList();
        assertThat(bombs).hasSize(4);
        List<Future<Optional<ErrorInfo>>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                byte[] bomb = bombs.get(i % bombs.size());
                answers.add(clients.submit(() -> answer(bomb, Duration.ofMinutes(2))));
            }
            for (Future<Optional<ErrorInfo>> one : answers) {
                assertThat(one.get(3, TimeUnit.MINUTES)).isEmpty();
            }
        }
        assertThat(system.service().log()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void eventsWithHostilePicturesEndInOneOutcomeEach() {
        List<HostilePicture> small = ALL.stream()
                .filter(picture -> picture.bytes().length <= EVENT_BYTES)
                .toList();
        int every = small.size() / BY_EVENT;
        for (int i = 0; i < BY_EVENT; i++) {
            String content =
                    Base64.getEncoder().encodeToString(small.get(i * every).bytes());
            system.events()
                    .send(
                            ImageSystem.REQUESTS,
                            Map.of(
                                    "ce_type",
                                    "io.atelier.image.classify.v1",
                                    "ce_id",
                                    "hostile-" + i,
                                    "ce_source",
                                    "/strangers"),
                            "{\"model\":\"judge\",\"content\":\"" + content + "\"}");
        }
        for (int i = 0; i < BY_EVENT; i++) {
            HostilePicture picture = small.get(i * every);
            Event answer = system.events().awaitOne(ImageSystem.PATIENCE, answerTo("hostile-" + i));
            String kind = picture.refusal().isPresent() ? "failed" : "completed";
            assertThat(answer.type()).describedAs(picture.name()).contains("io.atelier.image." + kind + ".v1");
            picture.refusal()
                    .ifPresent(refusal ->
                            assertThat(answer.text()).contains(refusal.code().id(), refusal.rule()));
        }
        assertThat(system.events().seen(ImageSystem.DEAD_LETTER)).isEmpty();
    }

    private static Predicate<Event> answerTo(String id) {
        return event -> event.topic().equals(ImageSystem.RESULTS)
                && event.header("ce_requestid").filter(id::equals).isPresent();
    }

    /** How a picture is refused; empty when it is classified. */
    private static Optional<ErrorInfo> answer(byte[] picture, Duration patience) {
        try {
            ClassifyImageResponse response = system.grpc()
                    .withDeadlineAfter(patience)
                    .withWaitForReady()
                    .classifyImage(ClassifyImageRequest.newBuilder()
                            .setModel("judge")
                            .setContent(ByteString.copyFrom(picture))
                            .build());
            assertThat(response.getClassificationsList()).isNotEmpty();
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode())
                    .describedAs(String.valueOf(e.getMessage()))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
            return Optional.of(info(e));
        }
    }

    private static ErrorInfo info(StatusRuntimeException failure) {
        try {
            for (Any detail :
                    Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    return detail.unpack(ErrorInfo.class);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("a refusal without its code: " + failure);
    }

    /** The service's live heap in bytes, after a collection. */
    private static long live() throws IOException, InterruptedException {
        collect(); // what a finished reader holds goes at the second
        collect();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String meters = client.send(
                            HttpRequest.newBuilder(system.http("/q/metrics")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return (long) meters.lines()
                    .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    private static void collect() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(
                        jcmd.toString(), Long.toString(system.service().pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(collection.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(collection.exitValue()).isZero();
    }

    /** The slowest answer so far. */
    private static final class Slowest {
        private long millis;
        private String name = "";

        void count(String one, long start) {
            long took = (System.nanoTime() - start) / 1_000_000;
            if (took > millis) {
                millis = took;
                name = one;
            }
        }

        @Override
        public String toString() {
            return "slowest " + millis + " ms (" + name + ")";
        }
    }
}
