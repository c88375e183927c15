package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.kernel.Digest;
import io.atelier.kit.Event;
import io.atelier.kit.models.TinyClassifier;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.kit.models.TinyStyle;
import io.atelier.models.ModelPackage;
import io.atelier.proto.events.v1.CancelEvent;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One outcome, whatever fails: the service's jar as a process, a real broker, and faults. */
@TestMethodOrder(MethodOrderer.Random.class)
class FaultsTest {
    private static final String GENERATE = "io.atelier.image.generate.v1";
    private static final int RUN_STEPS = 1500;

    @TempDir
    static Path folder;

    private static ImageSystem system;

    @BeforeAll
    static void start() {
        system = ImageSystem.in(folder.resolve("state"));
        TinyGenerator.named("tiny").publish(system.repository(), folder.resolve("tiny"));
        TinyGenerator.named("slow").batch(1).slow(RUN_STEPS).publish(system.repository(), folder.resolve("slow"));
        TinyStyle.named("stylist").publish(system.repository(), folder.resolve("stylist"));
        TinyClassifier.named("judge").publish(system.repository(), folder.resolve("judge"));
        system.startService();
    }

    /** Whatever failed, no record that was sent meanwhile may be other than docs/asyncapi.yaml says. */
    @AfterAll
    static void stop() {
        try {
            new EventExchange(system).assertAnswersAreAsDocumented();
        } finally {
            system.close();
        }
    }

    @Test
    void requestsAreTakenAndAnsweredAsAsyncapiSays() throws Exception {
        EventExchange exchange = new EventExchange(system);
        request("drawn", "{\"model\":\"tiny\",\"label\":\"star\"}");
        Event drawn = system.events().awaitOne(ImageSystem.PATIENCE, answerTo("drawn"));
        byte[] picture = get(result(drawn).getImages(0).getArtifact().getUri());
        exchange.assertRequestsAreTakenAsDocumented("tiny", "judge", picture);
        exchange.assertStylizeRequestsAreTakenAsDocumented("stylist", "storm", picture);
        exchange.assertUnknownTypesAreSetAside();
        cancelled("exchanged", "application/protobuf");
        exchange.assertEveryMessageWasSeen(ImageSystem.RESULTS);
        exchange.assertEveryMessageWasSeen(ImageSystem.PROGRESS);
    }

    @Test
    void fiveEqualEventsYieldOneOutcomeWithTheSameBytes() throws Exception {
        for (int i = 0; i < 5; i++) {
            request("five", "{\"model\":\"tiny\",\"label\":\"star\",\"count\":2}");
        }
        List<Event> answers = system.events().await(5, ImageSystem.PATIENCE, answerTo("five"));
        assertThat(answers).hasSize(5);
        assertThat(answers.stream().map(Event::id).collect(Collectors.toSet())).hasSize(1);
        assertThat(answers.stream().map(Event::text).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(answers.stream().map(event -> event.header("ce_time")).collect(Collectors.toSet()))
                .hasSize(1);
        GenerateImageResult result = result(answers.getFirst());
        assertThat(result.getImagesList()).hasSize(2);
        byte[] picture = get(result.getImages(0).getArtifact().getUri());
        assertThat(Digest.of(picture).hex())
                .isEqualTo(result.getImages(0).getArtifact().getId());
        assertThat(picture).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void poisonIsSetAsideWithItsReasonAndTheNextGoodOneIsServed() {
        system.events().send(ImageSystem.REQUESTS, Map.of("ce_type", GENERATE, "ce_id", "poison"), "{no json");
        request("after-poison", "{\"model\":\"tiny\"}");
        Event letter = system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.DEAD_LETTER)
                                && event.header("ce_id")
                                        .filter("poison"::equals)
                                        .isPresent());
        assertThat(letter.text()).isEqualTo("{no json");
        assertThat(letter.headers()).containsKeys("dead-letter-code", "dead-letter-reason", "dead-letter-offset");
        assertThat(system.events()
                        .awaitOne(ImageSystem.PATIENCE, answerTo("after-poison"))
                        .type())
                .contains("io.atelier.image.completed.v1");
    }

    @Test
    void killedInMidJobTheServiceStillGivesOneOutcomeAfterRestart() {
        request("killed", "{\"model\":\"slow\",\"count\":30,\"seed\":5}");
        system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.PROGRESS)
                                && event.header("ce_requestid")
                                        .filter("killed"::equals)
                                        .isPresent());
        system.service().kill();
        assertThat(system.events().seen(answerTo("killed"))).isEmpty();
        system.startService();
        Event answer = system.events().awaitOne(ImageSystem.PATIENCE, answerTo("killed"));
        assertThat(answer.type()).contains("io.atelier.image.completed.v1");
        assertThat(result(answer).getImagesList()).hasSize(30);
        request("after-kill", "{\"model\":\"tiny\"}");
        system.events().awaitOne(ImageSystem.PATIENCE, answerTo("after-kill"));
        assertThat(system.events().seen(answerTo("killed")).stream()
                        .map(Event::text)
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void brokerRestartInMidJobStillGivesOneOutcome() {
        request("broker", "{\"model\":\"slow\",\"count\":30,\"seed\":6}");
        system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.PROGRESS)
                                && event.header("ce_requestid")
                                        .filter("broker"::equals)
                                        .isPresent());
        system.restartBroker();
        Event answer = system.events().awaitOne(ImageSystem.PATIENCE, answerTo("broker"));
        assertThat(answer.type()).contains("io.atelier.image.completed.v1");
    }

    @Test
    void cancellationStopsARunningRequestAndIsItsOnlyOutcome() {
        assertThat(cancelled("cancelled", "application/json").type()).contains("io.atelier.image.cancelled.v1");
        request("after-cancel", "{\"model\":\"slow\"}");
        system.events().awaitOne(ImageSystem.PATIENCE, answerTo("after-cancel"));
        assertThat(system.events().seen(answerTo("cancelled")))
                .extracting(Event::type)
                .doesNotContain(Optional.of("io.atelier.image.completed.v1"));
    }

    @Test
    void bothEntrancesGiveTheSameBytesForTheSameSeed() {
        request("same", "{\"model\":\"tiny\",\"label\":\"square\",\"count\":3,\"seed\":\"41\"}");
        GenerateImageResult byKafka = result(system.events().awaitOne(ImageSystem.PATIENCE, answerTo("same")));
        GenerateImageResult byGrpc = system.generate(GenerateImageRequest.newBuilder()
                .setModel("tiny")
                .setLabel("square")
                .setCount(3)
                .setSeed(41)
                .build());
        assertThat(byGrpc.getImagesList().stream()
                        .map(image -> image.getArtifact().getId())
                        .toList())
                .isEqualTo(byKafka.getImagesList().stream()
                        .map(image -> image.getArtifact().getId())
                        .toList());
    }

    @Test
    void healthAndCancelAnswerWhileEveryCoreIsBusy() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        List<io.grpc.Context.CancellableContext> contexts = new ArrayList<>();
        List<CompletableFuture<Void>> started = new ArrayList<>();
        for (int i = 0; i < cores + 1; i++) {
            var context = io.grpc.Context.current().withCancellation();
            var begun = new CompletableFuture<Void>();
            contexts.add(context);
            started.add(begun);
            runs.add(CompletableFuture.runAsync(context.wrap(() -> {
                Iterator<GenerateImageResponse> stream = system.grpc()
                        .generateImage(GenerateImageRequest.newBuilder()
                                .setModel("slow")
                                .setCount(64)
                                .build());
                stream.forEachRemaining(event -> begun.complete(null));
            })));
        }
        for (CompletableFuture<Void> begun : started) {
            begun.get(60, TimeUnit.SECONDS);
        }
        assertThat(get(system.http("/q/health/live").toString())).isNotEmpty();
        contexts.forEach(context -> context.cancel(null));
        for (CompletableFuture<Void> run : runs) {
            assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(StatusRuntimeException.class);
        }
        assertThat(system.generate(GenerateImageRequest.newBuilder()
                                .setModel("tiny")
                                .build())
                        .getImagesCount())
                .isEqualTo(1);
    }

    @Test
    void publishedVersionIsServedWithoutARestartAndABrokenOneIsRefusedByName() throws IOException {
        TinyGenerator.named("moving").publish(system.repository(), folder.resolve("moving1"));
        system.awaitVersion("moving", 1);
        TinyGenerator.named("moving").variant(1).publish(system.repository(), folder.resolve("moving2"));
        system.awaitVersion("moving", 2);
        Path broken = folder.resolve("moving3");
        ModelPackage third = system.repository()
                .publish(TinyGenerator.named("moving").variant(2).draft(broken), false);
        Path graph = third.file("generator.onnx");
        byte[] bytes = Files.readAllBytes(graph);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(graph);
        Files.write(graph, bytes);
        system.repository().promote(third.manifest().name(), 3);
        assertThat(await().atMost(ImageSystem.PATIENCE)
                        .until(() -> system.modelProblem("moving"), problem -> !problem.isEmpty()))
                .contains("generator.onnx");
        assertThat(system.generate(GenerateImageRequest.newBuilder()
                                .setModel("moving")
                                .build())
                        .getModel()
                        .getVersion())
                .isEqualTo(2);
    }

    @Test
    void promotionByCommandIsToldOnTheModelsTopicAndServed() throws IOException {
        TinyGenerator.named("told").publish(system.repository(), folder.resolve("told1"));
        TinyGenerator.named("told").variant(1).publish(system.repository(), folder.resolve("told2"));
        assertThat(system.command("models", "promote", "told", "1")).isZero();
        Event hint = system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.MODELS)
                                && event.key().equals("told"));
        assertThat(hint.text()).contains("\"version\":\"1\"");
        system.awaitVersion("told", 1);
    }

    @Test
    void everyMeterOfTheServiceIsInTheReference() throws Exception {
        request("metered", "{\"model\":\"tiny\"}");
        system.events().awaitOne(ImageSystem.PATIENCE, answerTo("metered"));
        Set<String> documented = DocumentationTest.rows("Metrics").stream()
                .map(row -> row.split("`")[1].replaceFirst("_total$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> actual = Pattern.compile("(?m)^# TYPE (atelier_\\S+)")
                .matcher(new String(get(system.http("/q/metrics").toString()), StandardCharsets.UTF_8))
                .results()
                .map(match -> match.group(1).replaceFirst("_total$", ""))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(actual).contains("atelier_request_seconds", "atelier_outcomes", "atelier_in_flight");
        assertThat(documented).containsAll(actual);
    }

    /** The answer to a request that is cancelled once it has made progress. */
    private static Event cancelled(String id, String contentType) {
        request(id, "{\"model\":\"slow\",\"count\":60}");
        system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.PROGRESS)
                                && event.header("ce_requestid")
                                        .filter(id::equals)
                                        .isPresent());
        byte[] data = MessageCodec.of(CancelEvent.getDefaultInstance())
                .encode(
                        contentType,
                        CancelEvent.newBuilder()
                                .setKind("image")
                                .setSource("/system")
                                .setId(id)
                                .build());
        system.events()
                .send(
                        ImageSystem.CANCELLATIONS,
                        null,
                        Map.of("ce_type", "io.atelier.cancel.v1", "content-type", contentType),
                        data);
        return system.events().awaitOne(ImageSystem.PATIENCE, answerTo(id));
    }

    private static void request(String id, String json) {
        system.events()
                .send(ImageSystem.REQUESTS, Map.of("ce_type", GENERATE, "ce_id", id, "ce_source", "/system"), json);
    }

    private static Predicate<Event> answerTo(String id) {
        return event -> event.topic().equals(ImageSystem.RESULTS)
                && event.header("ce_requestid").filter(id::equals).isPresent();
    }

    private static GenerateImageResult result(Event event) {
        try {
            GenerateImageResult.Builder result = GenerateImageResult.newBuilder();
            JsonFormat.parser().merge(event.text(), result);
            return result.build();
        } catch (IOException e) {
            throw new AssertionError(event.text() + " is no result", e);
        }
    }

    private static byte[] get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
