package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.atelier.artifacts.runs.Runs;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.common.v1.Preview;
import io.atelier.proto.image.v1.FixedSize;
import io.atelier.proto.image.v1.ImageFormat;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResponse;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.grpc.Context;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class StylizeOverGrpcTest {
    private static final ByteString LARGE = picture(1500, 1500);
    private static final int PARTS = 3 * 3 + 1; // and a look at the whole

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
    void photographIsPaintedAtItsSizeAndCarriesItsProvenance() throws IOException {
        StylizeImageResult result =
                client.stylize(asking(picture(200, 120)).setSeed(7).setStrength(0.5));
        assertThat(result.getModel().getName()).isEqualTo("style");
        assertThat(result.getSeed()).isEqualTo(7);
        byte[] file = result.getArtifact().getContent().toByteArray();
        BufferedImage painted = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(painted.getWidth()).isEqualTo(200).isEqualTo(result.getWidth());
        assertThat(painted.getHeight()).isEqualTo(120).isEqualTo(result.getHeight());
        assertThat(new String(file, StandardCharsets.ISO_8859_1))
                .contains(
                        "trainedAlgorithmicMedia",
                        result.getModel().getDigest(),
                        "style=dunes",
                        "strength=0.5",
                        "keep_colours=false");
        StylizeImageResult jpeg = client.stylize(asking(picture(200, 120)).setFormat(ImageFormat.IMAGE_FORMAT_JPEG));
        assertThat(jpeg.getArtifact().getMediaType()).isEqualTo("image/jpeg");
        assertThat(meters.get("atelier.request")
                        .tag("task", "image.style")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void progressCountsPartsAndPreviewsComeBeforeTheResult() {
        List<StylizeImageResponse> told = new ArrayList<>();
        client.images()
                .stylizeImage(
                        asking(LARGE).setModel("slow-style").setPreviewEvery(3).build())
                .forEachRemaining(told::add);
        assertThat(told.getLast().hasResult()).isTrue();
        assertThat(told.stream().filter(StylizeImageResponse::hasProgress))
                .isNotEmpty()
                .allMatch(message -> message.getProgress().getTotal() == PARTS);
        List<Preview> previews = told.stream()
                .filter(StylizeImageResponse::hasPreview)
                .map(StylizeImageResponse::getPreview)
                .toList();
        assertThat(previews).hasSizeBetween(1, 3); // of parts 3, 6 and 9
        assertThat(previews.getFirst().getContent().toString(StandardCharsets.ISO_8859_1))
                .contains("trainedAlgorithmicMedia", "preview_of_tile");
    }

    @Test
    void repeatedCallGetsTheSameResultAloneAndAnotherBodyIsAConflict() {
        String id = UUID.randomUUID().toString();
        StylizeImageRequest request = asking(picture(90, 80)).build();
        List<StylizeImageResponse> first = all(id, request);
        List<StylizeImageResponse> again = all(id, request);
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().getResult()).isEqualTo(first.getLast().getResult());
        assertThat(Refusal.of(
                        () -> all(id, request.toBuilder().setStyle("storm").build())))
                .returns(Status.Code.ALREADY_EXISTS, Refusal::status);
    }

    @Test
    void whatDoesNotFitIsRefusedByItsField() {
        ByteString small = picture(90, 80);
        assertThat(refused(asking(small).setStyle("gale")))
                .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                .returns("ATELIER-IMAGE-0001", Refusal::reason)
                .returns("style", Refusal::field)
                .returns("dunes, harbour, storm", Refusal::limit);
        assertThat(refused(asking(small).setStrength(1.5)))
                .returns("ATELIER-REQUEST-0002", Refusal::reason)
                .returns("strength", Refusal::field)
                .returns("0..1", Refusal::limit);
        assertThat(refused(asking(small).putBlend("storm", 1.0))).returns("ATELIER-REQUEST-0006", Refusal::reason);
        assertThat(refused(asking(small).setFixedSize(FixedSize.FIXED_SIZE_RESIZE)))
                .returns("ATELIER-IMAGE-0004", Refusal::reason)
                .returns("fixed_size", Refusal::field);
        assertThat(refused(asking(small).setFixedSizeValue(9))).returns("fixed_size", Refusal::field);
        assertThat(refused(asking(small).setFormatValue(9))).returns("format", Refusal::field);
        assertThat(refused(asking(small).setSize(100_000)))
                .returns("ATELIER-IMAGE-0003", Refusal::reason)
                .returns("size", Refusal::field);
        assertThat(refused(asking(ByteString.copyFromUtf8("no picture"))))
                .returns("ATELIER-IMAGE-0002", Refusal::reason)
                .returns("content", Refusal::field);
        assertThat(refused(asking(ByteString.copyFrom(new byte[(3 << 20) + 1]))))
                .returns("ATELIER-REQUEST-0005", Refusal::reason)
                .returns("content", Refusal::field);
        assertThat(refused(asking(small).setModel("tiny")))
                .returns(Status.Code.FAILED_PRECONDITION, Refusal::status)
                .returns("image.style", Refusal::limit);
        assertThat(refused(asking(small).setModel("gone")))
                .returns(Status.Code.NOT_FOUND, Refusal::status)
                .returns("slow-style, style", Refusal::limit);
        assertThat(refused(asking(small).setArtifactId("0".repeat(64))))
                .returns(Status.Code.NOT_FOUND, Refusal::status);
    }

    @Test
    void cancelledCallLeavesWithinAPartAndKeepsNothing() {
        String id = UUID.randomUUID().toString();
        Context.CancellableContext call = Context.current().withCancellation();
        call.run(() -> {
            Iterator<StylizeImageResponse> stream = client.images(id)
                    .stylizeImage(asking(LARGE).setModel("slow-style").build());
            StylizeImageResponse message = stream.next();
            while (!message.hasProgress()) {
                message = stream.next();
            }
            assertThat(message.getProgress().getDone()).isBetween(1, PARTS - 1);
        });
        call.cancel(null);
        await().atMost(Duration.ofSeconds(5)).until(() -> runs.inFlight() == 0);
        // another body under the same id is refused once an outcome is kept
        assertThat(all(id, asking(picture(90, 80)).build())
                        .getLast()
                        .getResult()
                        .getRequestId())
                .isEqualTo(id);
    }

    @Test
    void deadlineEndsTheWork() {
        Refusal refusal = Refusal.of(() -> client.images()
                .withDeadlineAfter(700, TimeUnit.MILLISECONDS)
                .stylizeImage(asking(LARGE).setModel("slow-style").build())
                .forEachRemaining(message -> {}));
        assertThat(refusal.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(Duration.ofSeconds(5)).until(() -> runs.inFlight() == 0);
    }

    private Refusal refused(StylizeImageRequest.Builder request) {
        return Refusal.of(() -> client.stylize(request));
    }

    private List<StylizeImageResponse> all(String id, StylizeImageRequest request) {
        List<StylizeImageResponse> messages = new ArrayList<>();
        client.images(id).stylizeImage(request).forEachRemaining(messages::add);
        return messages;
    }

    private static StylizeImageRequest.Builder asking(ByteString content) {
        return StylizeImageRequest.newBuilder()
                .setModel("style")
                .setContent(content)
                .setStyle("dunes");
    }

    private static ByteString picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpg", bytes);
            return ByteString.copyFrom(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
