package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.Digest;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import io.atelier.proto.image.v1.ImageFormat;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class GenerateOverGrpcTest {
    private final Client client = new Client();

    @Inject
    Runs runs;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void picturesTakeTheLabelsInTurnAndCarryTheirBytes() throws IOException {
        List<GenerateImageResponse> messages = Client.all(client.images()
                .generateImage(Client.of("tiny")
                        .addLabels("circle")
                        .addLabels("star")
                        .setCount(3)
                        .setSeed(7)
                        .build()));
        GenerateImageResult result = messages.getLast().getResult();
        assertThat(result.getImagesList())
                .extracting(GeneratedImage::getLabel)
                .containsExactly("circle", "star", "circle");
        assertThat(result.getSeed()).isEqualTo(7);
        assertThat(result.getModel().getName()).isEqualTo("tiny");
        assertThat(result.getModel().getVersion()).isPositive();
        for (GeneratedImage image : result.getImagesList()) {
            byte[] bytes = image.getArtifact().getContent().toByteArray();
            assertThat(Digest.of(bytes).hex())
                    .isEqualTo(image.getArtifact().getId())
                    .isEqualTo(image.getArtifact().getSha256());
            assertThat(decode(bytes).getWidth()).isEqualTo(8).isEqualTo(image.getWidth());
            assertThat(image.getArtifact().getUri())
                    .startsWith("http://127.0.0.1:")
                    .endsWith(image.getArtifact().getId());
        }
    }

    @Test
    void requestWithoutLabelsAndCountMakesOnePictureOfTheFirstLabel() {
        GenerateImageResult result = client.generate(Client.of("tiny"));
        assertThat(result.getImagesList()).extracting(GeneratedImage::getLabel).containsExactly("circle");
    }

    @Test
    void seedZeroIsASeedOfItsOwn() {
        GenerateImageResult zero = client.generate(Client.of("tiny").setSeed(0));
        assertThat(zero.getSeed()).isZero();
        assertThat(ids(client.generate(Client.of("tiny").setSeed(0)))).isEqualTo(ids(zero));
        assertThat(ids(client.generate(Client.of("tiny")))).isNotEqualTo(ids(zero));
    }

    @Test
    void pictureIsTheSameWhateverItIsMadeTogetherWith() {
        List<String> four = ids(
                client.generate(Client.of("tiny").setLabel("star").setSeed(5).setCount(4)));
        List<String> two = ids(
                client.generate(Client.of("tiny").setLabel("star").setSeed(5).setCount(2)));
        assertThat(four).doesNotHaveDuplicates();
        assertThat(four.subList(0, 2)).isEqualTo(two);
    }

    @Test
    void pngCarriesItsProvenance() {
        GenerateImageResult result =
                client.generate(Client.of("tiles").setLabel("star").setSeed(41));
        String file = result.getImages(0).getArtifact().getContent().toString(StandardCharsets.ISO_8859_1);
        assertThat(file)
                .contains(
                        "iTXt",
                        "trainedAlgorithmicMedia",
                        "tiles",
                        result.getModel().getDigest(),
                        "41")
                .doesNotContain(result.getRequestId());
    }

    @Test
    void jpegSizeAndContactSheetAreAsAskedFor() throws IOException {
        GenerateImageResult result = client.generate(Client.of("tiles")
                .setCount(5)
                .setSize(32)
                .setFormat(ImageFormat.IMAGE_FORMAT_JPEG)
                .setContactSheet(true));
        assertThat(result.getImagesList()).allSatisfy(image -> {
            assertThat(image.getWidth()).isEqualTo(32);
            assertThat(image.getArtifact().getMediaType()).isEqualTo("image/jpeg");
        });
        BufferedImage sheet = decode(result.getContactSheet().getContent().toByteArray());
        assertThat(sheet.getWidth()).isEqualTo(96);
        assertThat(sheet.getHeight()).isEqualTo(64);
    }

    @Test
    void repeatedCallGetsTheResultAlone() {
        String id = UUID.randomUUID().toString();
        GenerateImageRequest request = Client.of("tiny").setCount(2).build();
        GenerateImageResult first = Client.last(client.images(id).generateImage(request));
        List<GenerateImageResponse> again = Client.all(client.images(id).generateImage(request));
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().getResult()).isEqualTo(first);
        assertThat(first.getRequestId()).isEqualTo(id);
    }

    @Test
    void sameIdWithAnotherBodyIsAConflictAndTheFirstStands() {
        String id = UUID.randomUUID().toString();
        GenerateImageRequest request = Client.of("tiny").build();
        GenerateImageResult first = Client.last(client.images(id).generateImage(request));
        Refusal refusal = Refusal.of(() -> Client.all(
                client.images(id).generateImage(Client.of("tiny").setCount(2).build())));
        assertThat(refusal.status()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(refusal.reason()).isEqualTo("ATELIER-REQUEST-0008");
        assertThat(Client.last(client.images(id).generateImage(request))).isEqualTo(first);
    }

    @Test
    void failureIsNotKept() {
        String id = UUID.randomUUID().toString();
        Refusal refusal = Refusal.of(() -> Client.all(
                client.images(id).generateImage(Client.of("tiny").setCount(0).build())));
        assertThat(refusal.reason()).isEqualTo("ATELIER-REQUEST-0002");
        assertThat(Client.all(client.images(id).generateImage(Client.of("tiny").build())))
                .isNotEmpty();
    }

    @Test
    void answerNamesTheRequestInItsHeaders() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        Iterator<GenerateImageResponse> stream = client.images("my-request-1")
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                .generateImage(Client.of("tiny").build());
        assertThat(Client.last(stream).getRequestId()).isEqualTo("my-request-1");
        assertThat(headers.get().get(Client.REQUEST_ID)).isEqualTo("my-request-1");
        assertThat(trailers.get().get(Client.REQUEST_ID)).isEqualTo("my-request-1");
    }

    @Test
    void cancelledCallLeavesWithinAStepAndKeepsNothing() {
        String id = UUID.randomUUID().toString();
        GenerateImageRequest request = Client.of("slow").setCount(64).setSeed(1).build();
        Context.CancellableContext call = Context.current().withCancellation();
        call.run(() -> {
            Iterator<GenerateImageResponse> stream = client.images(id).generateImage(request);
            assertThat(stream.next().hasResult()).isFalse();
            assertThat(runs.inFlight()).isPositive();
        });
        call.cancel(null);
        await().atMost(Duration.ofSeconds(5)).until(() -> runs.inFlight() == 0);
        // another body under the same id is refused once an outcome is kept
        assertThat(Client.last(client.images(id).generateImage(Client.of("tiny").build()))
                        .getRequestId())
                .isEqualTo(id);
    }

    @Test
    void deadlineEndsTheWork() {
        Refusal refusal = Refusal.of(() -> Client.all(client.images()
                .withDeadlineAfter(600, TimeUnit.MILLISECONDS)
                .generateImage(Client.of("slow").setCount(64).build())));
        assertThat(refusal.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(Duration.ofSeconds(5)).until(() -> runs.inFlight() == 0);
    }

    private static List<String> ids(GenerateImageResult result) {
        return result.getImagesList().stream()
                .map(image -> image.getArtifact().getId())
                .toList();
    }

    private static BufferedImage decode(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }
}
