package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.TempFolder;
import io.atelier.kit.objects.S3Server;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.proto.artifacts.v1.ArtifactServiceGrpc;
import io.atelier.proto.artifacts.v1.PutArtifactDescription;
import io.atelier.proto.artifacts.v1.PutArtifactRequest;
import io.atelier.proto.artifacts.v1.PutArtifactResponse;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two trainers that share a database and an object store, and no disk. */
@ExtendWith(TrainingSystem.Shared.class)
class TrainingObjectStoreTest {
    private static final int CHUNK = 1 << 16;

    private final TrainingSystem system;
    private final TempFolder folder = TempFolder.create("atelier-objects");
    private final S3Server server = S3Server.start(folder.path());
    private final TrainingReplica first;
    private final TrainingReplica second;

    TrainingObjectStoreTest(TrainingSystem system) {
        this.system = system;
        first = replica("first");
        second = replica("second");
    }

    @BeforeEach
    void start() {
        system.cancelWhatRuns();
        first.start();
    }

    @AfterEach
    void end() {
        first.close();
        second.close();
        server.close();
        folder.close();
    }

    @Test
    void trainingGoesOnOnAMachineThatHasNothingOfTheLostOne() throws IOException {
        String id = create(first, system.files().order("moved").setData(good()));
        first.awaitJob(id, job -> job.getStep() > 2 * TrainingFiles.CHECKPOINT_EVERY);
        ProcessHandle training = first.training().orElseThrow();
        first.kill();
        training.destroyForcibly();
        second.start();
        TrainingSystem.Trained trained = TrainingSystem.trained(second, id);
        assertThat(trained).isEqualTo(system.undisturbed());
        assertThat(Files.readString(log("second", id)))
                .contains("resumes after step ")
                .doesNotContain("resumes after step 0");
        assertThat(models().versions(new ModelName("moved"))).containsExactly(1L);
    }

    @Test
    void uploadedArchiveIsTrainedOn() throws Exception {
        String id = upload(first, system.files().archive("good"));
        TrainingSystem.Trained trained = TrainingSystem.trained(
                first, create(first, system.files().order("uploaded").setData("artifact:" + id)));
        assertThat(trained).isEqualTo(system.undisturbed());
    }

    @Test
    void modelsToStartFromAndToCompareWithAreFoundInTheStore() throws IOException {
        String origin = create(first, system.files().order("origin").setData(good()));
        assertThat(first.awaitEnd(origin).getState()).isEqualTo(TrainingState.TRAINING_STATE_SUCCEEDED);
        String again = create(
                first,
                system.files()
                        .order("origin", 1)
                        .setData(good())
                        .putSettings("init", "origin")
                        .putSettings("gate.improves", "accuracy"));
        TrainingJob ended = first.awaitEnd(again);
        assertThat(ended.getState()).as(ended.toString()).isEqualTo(TrainingState.TRAINING_STATE_SUCCEEDED);
        assertThat(Files.readString(log("first", again))).contains("starting from the weights of origin@1");
        ModelName name = new ModelName("origin");
        assertThat(models().versions(name)).containsExactly(1L, 2L);
        assertThat(models().promotion(name).orElseThrow().version())
                .as("it is no better")
                .isEqualTo(1);
    }

    /** The data of all orders, in the store. */
    private String good() throws IOException {
        ObjectStore data = server.store("data/good/");
        try (Stream<Path> files = Files.list(system.files().root().resolve("good"))) {
            files.forEach(file -> data.put(String.valueOf(file.getFileName()), file));
        }
        return S3Server.address("data/good");
    }

    private ModelRepository models() {
        return new ObjectModelRepository(
                server.store("models/"),
                new PackageCache(folder.path().resolve("cache"), 1 << 20, InstantSource.system()));
    }

    private TrainingReplica replica(String name) {
        List<String> settings = new ArrayList<>(system.settings());
        settings.addAll(List.of(
                "-Dquarkus.datasource.jdbc.url=" + system.database().url() + "?currentSchema=objects",
                "-Dquarkus.flyway.default-schema=objects",
                "-Datelier.models.repository=" + S3Server.address("models"),
                "-Datelier.models.cache=" + folder.path().resolve(name).resolve("models"),
                "-Datelier.artifacts.directory=" + S3Server.address("artifacts"),
                "-Datelier.artifacts.uploads=" + folder.path().resolve(name).resolve("uploads"),
                "-Datelier.trainer.work=" + folder.path().resolve(name).resolve("work"),
                "-Datelier.trainer.runs=" + S3Server.address("runs"),
                "-Datelier.trainer.data-roots=" + S3Server.address("data"),
                "-Datelier.s3.endpoint=" + server.endpoint(),
                "-Datelier.s3.path-style=true",
                "-Datelier.s3.credentials-file=" + S3Server.credentials(folder.path())));
        return new TrainingReplica(name, folder.path().resolve(name + ".log"), settings);
    }

    private Path log(String replica, String job) throws IOException {
        try (Stream<Path> attempts =
                Files.list(folder.path().resolve(replica).resolve("work").resolve(job))) {
            return attempts.max(Comparator.naturalOrder()).orElseThrow().resolve("attempt.log");
        }
    }

    private static String create(TrainingReplica replica, CreateTrainingJobRequest.Builder order) {
        return replica.grpc().createTrainingJob(order.build()).getJob().getId();
    }

    private static String upload(TrainingReplica replica, byte[] archive) throws Exception {
        CompletableFuture<String> id = new CompletableFuture<>();
        StreamObserver<PutArtifactRequest> up = ArtifactServiceGrpc.newStub(replica.channel())
                .putArtifact(new StreamObserver<>() {
                    @Override
                    public void onNext(PutArtifactResponse response) {
                        id.complete(response.getArtifact().getId());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        id.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        up.onNext(PutArtifactRequest.newBuilder()
                .setDescription(PutArtifactDescription.newBuilder().setMediaType("application/zip"))
                .build());
        for (int at = 0; at < archive.length; at += CHUNK) {
            up.onNext(PutArtifactRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(archive, at, Math.min(CHUNK, archive.length - at)))
                    .build());
        }
        up.onCompleted();
        return id.get(TrainingSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
