package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.models.ModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.proto.artifacts.v1.ReadArtifactRequest;
import io.atelier.proto.artifacts.v1.ReadArtifactResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.models.v1.ListModelsRequest;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(OnS3.class)
class ObjectStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path scratch;

    private final Client client = new Client();
    private final S3Connection elsewhere = S3Connection.open(new S3Settings(
            Optional.of(URI.create(setting("atelier.s3.endpoint"))),
            "us-east-1",
            true,
            Optional.of(Path.of(setting("atelier.s3.credentials-file")))));
    private ModelRepository publisher;

    @BeforeEach
    void openAsAnotherMachineWould() {
        publisher = new ObjectModelRepository(
                objects("atelier.models.repository"),
                new PackageCache(scratch.resolve("cache"), 1 << 20, InstantSource.system()));
    }

    @AfterEach
    void close() {
        client.close();
        elsewhere.close();
    }

    @Test
    void pictureIsMadeStoredAndReadBack() {
        TinyGenerator.named("far").publish(publisher, scratch);
        awaitServed("far", 1);
        GenerateImageResult made = Client.last(
                client.images("on-s3").generateImage(Client.of("far").setSeed(7).build()));
        var artifact = made.getImages(0).getArtifact();
        assertThat(read(artifact.getId())).isEqualTo(artifact.getContent().toByteArray());
        GenerateImageResult again = Client.last(
                client.images("on-s3").generateImage(Client.of("far").setSeed(7).build()));
        assertThat(again).isEqualTo(made);
        List<String> keys = new ArrayList<>();
        objects("atelier.artifacts.directory").list("", object -> keys.add(object.key()));
        assertThat(keys)
                .anyMatch(key -> key.startsWith("artifacts/" + artifact.getId() + "/"))
                .anyMatch(key -> key.startsWith("outcomes/"));
    }

    @Test
    void versionPublishedElsewhereTakesOver() {
        TinyGenerator.named("moving").publish(publisher, scratch);
        awaitServed("moving", 1);
        var before = client.generate(Client.of("moving").setSeed(1));
        TinyGenerator.named("moving").variant(1).publish(publisher, scratch);
        awaitServed("moving", 2);
        var after = client.generate(Client.of("moving").setSeed(1));
        assertThat(after.getModel().getVersion()).isEqualTo(2);
        assertThat(after.getImages(0).getArtifact().getId())
                .isNotEqualTo(before.getImages(0).getArtifact().getId());
        var old = client.generate(Client.of("moving@1").setSeed(1));
        assertThat(old.getImages(0).getArtifact().getId())
                .isEqualTo(before.getImages(0).getArtifact().getId());
    }

    private void awaitServed(String name, long version) {
        await().atMost(PATIENCE)
                .until(() -> client.models().listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
                        .anyMatch(model -> model.getName().equals(name) && model.getVersion() == version));
    }

    private byte[] read(String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Answer<ReadArtifactResponse> answer =
                new Answer<>(message -> bytes.writeBytes(message.getChunk().toByteArray()));
        client.artifacts()
                .readArtifact(ReadArtifactRequest.newBuilder().setId(id).build(), answer);
        answer.done.orTimeout(30, TimeUnit.SECONDS).join();
        return bytes.toByteArray();
    }

    private ObjectStore objects(String key) {
        return elsewhere.store(S3Location.parse(setting(key)).orElseThrow(), ErrorCode.STORE_UNAVAILABLE);
    }

    private static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
