package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.atelier.kernel.Digest;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.artifacts.v1.PutArtifactDescription;
import io.atelier.proto.artifacts.v1.PutArtifactRequest;
import io.atelier.proto.artifacts.v1.PutArtifactResponse;
import io.atelier.proto.artifacts.v1.ReadArtifactRequest;
import io.atelier.proto.artifacts.v1.ReadArtifactResponse;
import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.image.v1.Classification;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.PictureClasses;
import io.atelier.proto.image.v1.PictureInput;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class ArtifactsTest {
    private static final int CHUNK = 1 << 16;

    private final Client client = new Client();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void whatWasPutIsReadBackFromAnyOffset() throws Exception {
        byte[] bytes = random(300_000);
        Artifact stored =
                put("application/octet-stream", bytes, Digest.of(bytes).hex());
        assertThat(stored.getId()).isEqualTo(Digest.of(bytes).hex());
        assertThat(stored.getSize()).isEqualTo(300_000);
        assertThat(read(stored.getId(), 0)).isEqualTo(bytes);
        assertThat(read(stored.getId(), 299_990)).hasSize(10);
    }

    @Test
    void severalPicturesAreClassifiedTogetherAsEachAlone() throws Exception {
        ClassifyImageRequest.Builder several =
                ClassifyImageRequest.newBuilder().setModel("judge").setTopK(3);
        List<List<Classification>> alone = new ArrayList<>();
        for (String label : List.of("star", "square", "star")) {
            ByteString png = client.generate(Client.of("tiny").setLabel(label).setSeed(alone.size()))
                    .getImages(0)
                    .getArtifact()
                    .getContent();
            alone.add(client.images()
                    .classifyImage(ClassifyImageRequest.newBuilder()
                            .setModel("judge")
                            .setTopK(3)
                            .setContent(png)
                            .build())
                    .getClassificationsList());
            PictureInput.Builder picture = PictureInput.newBuilder();
            several.addPictures(
                    label.equals("square")
                            ? picture.setArtifactId(
                                    put("image/png", png.toByteArray(), "").getId())
                            : picture.setContent(png));
        }
        ClassifyImageResponse judged = client.images().classifyImage(several.build());
        assertThat(judged.getClassificationsList()).isEmpty();
        assertThat(judged.getPicturesList())
                .extracting(PictureClasses::getClassificationsList)
                .isEqualTo(alone);
    }

    @Test
    void storedPictureIsClassifiedByItsId() throws Exception {
        var made =
                client.generate(Client.of("tiny").setLabel("star").setSeed(3)).getImages(0);
        byte[] png = made.getArtifact().getContent().toByteArray();
        Artifact stored = put("image/png", png, "");
        ClassifyImageResponse judged = client.images()
                .classifyImage(ClassifyImageRequest.newBuilder()
                        .setModel("judge")
                        .setArtifactId(stored.getId())
                        .setTopK(2)
                        .build());
        assertThat(judged.getClassificationsCount()).isEqualTo(2);
        assertThat(judged.getClassifications(0).getLabel()).isEqualTo("star");
        assertThat(judged.getClassifications(0).getIndex()).isEqualTo(2);
        assertThat(judged.getClassifications(0).getProbability())
                .isGreaterThan(judged.getClassifications(1).getProbability());
    }

    @Test
    void uploadsBeyondTheirBoundsAreRefused() {
        assertThat(refused("application/octet-stream", new byte[(1 << 20) + 1], "", CHUNK))
                .returns("ATELIER-REQUEST-0005", Refusal::reason);
        assertThat(refused("application/octet-stream", new byte[100], "a".repeat(64), CHUNK))
                .returns("ATELIER-ARTIFACT-0004", Refusal::reason);
        assertThat(refused("application/octet-stream", new byte[CHUNK + 1], "", CHUNK + 1))
                .returns("chunk", Refusal::field);
        assertThat(refused("text/html", new byte[10], "", CHUNK)).returns("media_type", Refusal::field);
        assertThat(refused("", new byte[10], "", CHUNK)).returns("media_type", Refusal::field);
    }

    @Test
    void unknownAndMalformedIdsAreRefused() {
        assertThat(refusedRead("0".repeat(64), 0)).returns(Status.Code.NOT_FOUND, Refusal::status);
        assertThat(refusedRead("../x", 0))
                .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                .returns("id", Refusal::field);
    }

    @Test
    void offsetBehindTheEndIsRefused() throws Exception {
        Artifact stored = put("text/plain", new byte[10], "");
        assertThat(refusedRead(stored.getId(), 11)).returns("offset", Refusal::field);
    }

    private Artifact put(String mediaType, byte[] bytes, String sha256)
            throws ExecutionException, InterruptedException, TimeoutException {
        return send(mediaType, bytes, sha256, CHUNK).get(30, TimeUnit.SECONDS).getArtifact();
    }

    private Refusal refused(String mediaType, byte[] bytes, String sha256, int chunk) {
        return Refusal.of(failure(send(mediaType, bytes, sha256, chunk)));
    }

    private Refusal refusedRead(String id, long offset) {
        Answer<ReadArtifactResponse> answer = new Answer<>(message -> {});
        client.artifacts()
                .readArtifact(
                        ReadArtifactRequest.newBuilder()
                                .setId(id)
                                .setOffset(offset)
                                .build(),
                        answer);
        return Refusal.of(failure(answer.done));
    }

    private CompletableFuture<PutArtifactResponse> send(String mediaType, byte[] bytes, String sha256, int chunk) {
        Answer<PutArtifactResponse> answer = new Answer<>(message -> {});
        StreamObserver<PutArtifactRequest> upload = client.artifacts().putArtifact(answer);
        upload.onNext(PutArtifactRequest.newBuilder()
                .setDescription(PutArtifactDescription.newBuilder()
                        .setMediaType(mediaType)
                        .setSha256(sha256))
                .build());
        for (int at = 0; at < bytes.length && !answer.done.isDone(); at += chunk) {
            upload.onNext(PutArtifactRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(bytes, at, Math.min(chunk, bytes.length - at)))
                    .build());
        }
        if (!answer.done.isDone()) {
            upload.onCompleted();
        }
        return answer.done;
    }

    private byte[] read(String id, long offset) throws ExecutionException, InterruptedException, TimeoutException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Answer<ReadArtifactResponse> answer = new Answer<>(message -> {
            assertThat(message.getChunk().size()).isLessThanOrEqualTo(CHUNK);
            bytes.writeBytes(message.getChunk().toByteArray());
        });
        client.artifacts()
                .readArtifact(
                        ReadArtifactRequest.newBuilder()
                                .setId(id)
                                .setOffset(offset)
                                .build(),
                        answer);
        answer.done.get(30, TimeUnit.SECONDS);
        return bytes.toByteArray();
    }

    private static Throwable failure(CompletableFuture<?> answer) {
        return answer.handle((message, failure) -> {
                    if (failure == null) {
                        throw new AssertionError("the call succeeded");
                    }
                    return failure;
                })
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
