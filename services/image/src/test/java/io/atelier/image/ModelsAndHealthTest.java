package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.atelier.kit.KafkaResource;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.models.ModelRepository;
import io.atelier.proto.models.v1.GetModelRequest;
import io.atelier.proto.models.v1.GetModelResponse;
import io.atelier.proto.models.v1.ListModelsRequest;
import io.atelier.proto.models.v1.ListModelsResponse;
import io.atelier.proto.models.v1.Model;
import io.atelier.proto.models.v1.ModelState;
import io.atelier.proto.models.v1.WatchModelsRequest;
import io.atelier.proto.models.v1.WatchModelsResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class ModelsAndHealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Client client = new Client();

    @Inject
    ModelRepository repository;

    @TempDir
    Path drafts;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void modelsAreListedInPagesAndByTask() {
        awaitModel("tiny", 1);
        ListModelsResponse first = client.models()
                .listModels(ListModelsRequest.newBuilder().setPageSize(2).build());
        assertThat(first.getModelsList()).hasSize(2);
        ListModelsResponse rest = client.models()
                .listModels(ListModelsRequest.newBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(rest.getModelsList()).doesNotContainAnyElementsOf(first.getModelsList());
        ListModelsResponse judges = client.models()
                .listModels(
                        ListModelsRequest.newBuilder().setTask("image.classify").build());
        assertThat(judges.getModelsList()).extracting(Model::getName).containsExactly("judge");
        assertThat(Refusal.of(() -> client.models()
                        .listModels(
                                ListModelsRequest.newBuilder().setPageSize(0).build())))
                .returns("page_size", Refusal::field);
    }

    @Test
    void modelIsDescribedWithItsManifest() {
        awaitModel("judge", 1);
        GetModelResponse judge = client.models()
                .getModel(GetModelRequest.newBuilder().setName("judge").build());
        assertThat(judge.getModel().getLabelsList()).containsExactly("circle", "square", "star");
        assertThat(judge.getModel().getState()).isEqualTo(ModelState.MODEL_STATE_READY);
        assertThat(judge.getManifestJson())
                .contains("image.classify", judge.getModel().getDigest());
        assertThat(Refusal.of(() -> client.models()
                        .getModel(
                                GetModelRequest.newBuilder().setName("unicorn").build())))
                .returns(Status.Code.NOT_FOUND, Refusal::status)
                .returns("name", Refusal::field);
    }

    @Test
    void newVersionIsToldToWatchersAndServesAtOnce() {
        TinyGenerator.named("fresh").publish(repository, drafts);
        awaitModel("fresh", 1);
        Context.CancellableContext watching = Context.current().withCancellation();
        try {
            watching.run(() -> {
                Iterator<WatchModelsResponse> changes =
                        client.models().watchModels(WatchModelsRequest.getDefaultInstance());
                next(changes, "fresh", 1);
                var before = client.generate(Client.of("fresh").setSeed(1));
                TinyGenerator.named("fresh").variant(1).publish(repository, drafts);
                next(changes, "fresh", 2);
                var after = client.generate(Client.of("fresh").setSeed(1));
                assertThat(after.getModel().getVersion()).isEqualTo(2);
                assertThat(after.getImages(0).getArtifact().getId())
                        .isNotEqualTo(before.getImages(0).getArtifact().getId());
                var old = client.generate(Client.of("fresh@1").setSeed(1));
                assertThat(old.getImages(0).getArtifact().getId())
                        .isEqualTo(before.getImages(0).getArtifact().getId());
            });
        } finally {
            watching.cancel(null);
        }
    }

    @Test
    void healthAnswersOverHttpAndGrpc() throws Exception {
        await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);
        assertThat(get("/q/health/ready").body()).contains("models", "tiny");
        await().atMost(PATIENCE).until(() -> get("/q/health/ready").body().contains("\"requests\": \"taken\""));
        HealthCheckResponse health = HealthGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder()
                        .setService("atelier.image.v1.ImageService")
                        .build());
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }

    @Test
    void servicesAreFoundByReflection() {
        Answer<ServerReflectionResponse> answer = new Answer<>(message -> {});
        var call = ServerReflectionGrpc.newStub(client.channel())
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .serverReflectionInfo(answer);
        call.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        call.onCompleted();
        List<String> services = answer.done.join().getListServicesResponse().getServiceList().stream()
                .map(service -> service.getName())
                .toList();
        assertThat(services)
                .contains(
                        "atelier.image.v1.ImageService",
                        "atelier.models.v1.ModelService",
                        "atelier.artifacts.v1.ArtifactService",
                        "inference.GRPCInferenceService",
                        "grpc.health.v1.Health");
    }

    @Test
    void metersHaveTheirNamesAndNeverARequestId() throws Exception {
        awaitModel("tiny", 1);
        String id = "metered-request";
        Client.last(client.images(id).generateImage(Client.of("tiny").build()));
        String metrics = get("/q/metrics").body();
        assertThat(metrics)
                .contains(
                        "atelier_request_seconds_bucket",
                        "atelier_queue_wait_seconds_bucket",
                        "atelier_inference_seconds_bucket",
                        "atelier_batch_size_bucket",
                        "atelier_outcomes_total",
                        "atelier_outcome_write_seconds_bucket",
                        "atelier_in_flight",
                        "atelier_models_loaded",
                        "entrance=\"grpc\"",
                        "task=\"image.class-conditional\"",
                        "model=\"tiny\"",
                        "outcome=\"completed\"")
                .doesNotContain(id);
    }

    private void awaitModel(String name, long version) {
        await().atMost(PATIENCE)
                .until(() -> client.models().listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
                        .anyMatch(model -> model.getName().equals(name) && model.getVersion() >= version));
    }

    private static void next(Iterator<WatchModelsResponse> changes, String name, long version) {
        while (true) {
            Model model = changes.next().getModel();
            if (model.getName().equals(name) && model.getVersion() == version) {
                return;
            }
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
