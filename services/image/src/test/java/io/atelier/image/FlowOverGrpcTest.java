package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.runs.Runs;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.common.v1.Preview;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import io.grpc.Context;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class FlowOverGrpcTest {
    private final Client client = new Client();

    @Inject
    Runs runs;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void pictureShowsItsLabelAndCarriesItsProvenance() {
        GenerateImageResult result = client.generate(Client.of("flow")
                .addLabels("square")
                .addLabels("star")
                .setSeed(7)
                .setSteps(5));
        assertThat(result.getImagesList()).extracting(GeneratedImage::getLabel).containsExactly("square", "star");
        assertThat(result.getModel().getName()).isEqualTo("flow");
        for (GeneratedImage image : result.getImagesList()) {
            var judged = client.images()
                    .classifyImage(ClassifyImageRequest.newBuilder()
                            .setModel("judge")
                            .setArtifactId(image.getArtifact().getId())
                            .build());
            assertThat(judged.getClassifications(0).getLabel()).isEqualTo(image.getLabel());
        }
        String file = result.getImages(0).getArtifact().getContent().toString(StandardCharsets.ISO_8859_1);
        assertThat(file)
                .contains("trainedAlgorithmicMedia", result.getModel().getDigest(), "steps", "guidance", "euler");
        assertThat(meters.get("atelier.request")
                        .tag("task", "image.flow")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void sameSeedGivesTheSameBytesAloneAndTogetherWithOthers() {
        GenerateImageRequest request =
                Client.of("flow").setLabel("star").setSeed(5).setCount(2).build();
        List<String> alone = ids(client.generate(request.toBuilder()));
        List<CompletableFuture<List<String>>> together = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ids(client.generate(
                        i % 2 == 0
                                ? request.toBuilder()
                                : request.toBuilder().setCount(9).setSteps(3 + i)))))
                .toList();
        assertThat(alone).doesNotHaveDuplicates();
        for (int i = 0; i < 6; i += 2) {
            assertThat(together.get(i).join()).isEqualTo(alone);
        }
        assertThat(ids(client.generate(request.toBuilder().setCount(7))).subList(0, 2))
                .isEqualTo(alone);
    }

    @Test
    void previewsComeBeforeTheResultAndCarryTheirProvenance() {
        List<GenerateImageResponse> told = Client.all(client.images()
                .generateImage(Client.of("flow")
                        .setLabel("star")
                        .setSeed(6)
                        .setSteps(8)
                        .setPreviewEvery(3)
                        .build()));
        List<Preview> previews = told.stream()
                .filter(GenerateImageResponse::hasPreview)
                .map(GenerateImageResponse::getPreview)
                .toList();
        assertThat(previews).hasSize(2); // of steps 3 and 6
        assertThat(told.getLast().hasResult()).isTrue();
        for (Preview preview : previews) {
            assertThat(preview.getMediaType()).isEqualTo("image/png");
            assertThat(preview.getContent().toString(StandardCharsets.ISO_8859_1))
                    .contains("trainedAlgorithmicMedia", "preview_of_step");
        }
    }

    @Test
    void stepsGuidanceAndSamplerChangeThePicture() {
        GenerateImageRequest request =
                Client.of("flow").setLabel("star").setSeed(3).build();
        List<List<String>> made = List.of(
                ids(client.generate(request.toBuilder())),
                ids(client.generate(request.toBuilder().setSteps(9))),
                ids(client.generate(request.toBuilder().setGuidance(0))),
                ids(client.generate(request.toBuilder().setSampler("heun"))));
        assertThat(made).doesNotHaveDuplicates();
    }

    @Test
    void whatIsOutOfRangeIsRefusedWithItsLimit() {
        for (int steps : new int[] {0, -1, 21, Integer.MAX_VALUE}) {
            assertThat(refused(Client.of("flow").setSteps(steps)))
                    .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                    .returns("ATELIER-REQUEST-0002", Refusal::reason)
                    .returns("steps", Refusal::field)
                    .returns("1..20", Refusal::limit);
        }
        assertThat(refused(Client.of("slow-flow").setSteps(101))).returns("1..100", Refusal::limit);
        for (double guidance : new double[] {-0.1, 20.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(refused(Client.of("flow").setGuidance(guidance)))
                    .returns("ATELIER-REQUEST-0002", Refusal::reason)
                    .returns("guidance", Refusal::field)
                    .returns("0..20", Refusal::limit);
        }
        for (String sampler : new String[] {"", "dpm", "x".repeat(100_000)}) {
            assertThat(refused(Client.of("flow").setSampler(sampler)))
                    .returns("ATELIER-REQUEST-0002", Refusal::reason)
                    .returns("sampler", Refusal::field)
                    .returns("euler or heun", Refusal::limit);
        }
    }

    @Test
    void modelThatFollowsNoFlowRefusesItsParameters() {
        for (GenerateImageRequest.Builder request : List.of(
                Client.of("tiny").setSteps(4),
                Client.of("tiny").setGuidance(1),
                Client.of("tiny").setSampler("euler"))) {
            Refusal refusal = refused(request);
            assertThat(refusal)
                    .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                    .returns("ATELIER-IMAGE-0004", Refusal::reason)
                    .returns("only for image.flow", Refusal::limit);
            assertThat(refusal.message()).contains("leave " + refusal.field() + " out");
        }
    }

    @Test
    void cancelledCallLeavesWithinAStepAndKeepsNothing() {
        String id = UUID.randomUUID().toString();
        GenerateImageRequest request =
                Client.of("slow-flow").setCount(2).setSteps(100).build();
        Context.CancellableContext call = Context.current().withCancellation();
        call.run(() -> {
            Iterator<GenerateImageResponse> stream = client.images(id).generateImage(request);
            GenerateImageResponse message = stream.next();
            while (!message.hasProgress()) {
                message = stream.next();
            }
            assertThat(message.getProgress().getTotal()).isEqualTo(100);
            assertThat(message.getProgress().getDone()).isBetween(1, 99);
        });
        call.cancel(null);
        await().atMost(Duration.ofSeconds(5)).until(() -> runs.inFlight() == 0);
        // another body under the same id is refused once an outcome is kept
        assertThat(Client.last(client.images(id).generateImage(Client.of("flow").build()))
                        .getRequestId())
                .isEqualTo(id);
    }

    @Test
    void deadlineEndsTheWork() {
        Refusal refusal = Refusal.of(() -> Client.all(client.images()
                .withDeadlineAfter(600, TimeUnit.MILLISECONDS)
                .generateImage(Client.of("slow-flow").setCount(4).setSteps(100).build())));
        assertThat(refusal.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(Duration.ofSeconds(5)).until(() -> runs.inFlight() == 0);
    }

    private Refusal refused(GenerateImageRequest.Builder request) {
        return Refusal.of(() -> client.generate(request));
    }

    private static List<String> ids(GenerateImageResult result) {
        return result.getImagesList().stream()
                .map(image -> image.getArtifact().getId())
                .toList();
    }
}
