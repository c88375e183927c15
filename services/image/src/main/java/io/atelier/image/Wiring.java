package io.atelier.image;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.Runs;
import io.atelier.endpoints.artifacts.References;
import io.atelier.endpoints.artifacts.UploadLimits;
import io.atelier.endpoints.config.ArtifactsConfig;
import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.endpoints.config.InferenceConfig;
import io.atelier.endpoints.config.ModelsConfig;
import io.atelier.endpoints.config.RequestsConfig;
import io.atelier.endpoints.config.S3Config;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.InlineContent;
import io.atelier.endpoints.grpc.OnceCalls;
import io.atelier.endpoints.metrics.InferenceMeters;
import io.atelier.endpoints.metrics.RequestMeters;
import io.atelier.endpoints.metrics.ServiceGauges;
import io.atelier.endpoints.metrics.TimedArtifacts;
import io.atelier.endpoints.metrics.TimedOutcomes;
import io.atelier.endpoints.models.Watches;
import io.atelier.endpoints.stores.Stores;
import io.atelier.image.api.ImageRequests;
import io.atelier.image.domain.ClassifyImage;
import io.atelier.image.domain.GenerateImages;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.ModelServer;
import io.atelier.inference.OnnxModelServer;
import io.atelier.messaging.ModelHintListener;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/** The whole image service on one screen: stores, models, runs, use cases, entrances. */
@Singleton
final class Wiring {
    private static final Set<ModelTask> TASKS = Set.of(ModelTask.IMAGE_CLASS_CONDITIONAL, ModelTask.IMAGE_CLASSIFY);

    private final InstantSource clock = InstantSource.system();
    private final ModelsConfig models;
    private final ArtifactsConfig artifacts;
    private final S3Config s3;
    private final InferenceConfig inference;
    private final RequestsConfig requests;

    Wiring(
            ModelsConfig models,
            ArtifactsConfig artifacts,
            S3Config s3,
            InferenceConfig inference,
            RequestsConfig requests) {
        new ConfigCheck()
                .models(models)
                .artifacts(artifacts)
                .s3(s3)
                .inference(inference)
                .requests(requests)
                .verify();
        this.models = models;
        this.artifacts = artifacts;
        this.s3 = s3;
        this.inference = inference;
        this.requests = requests;
    }

    // Stores

    @Produces
    @Singleton
    Stores stores() {
        return new Stores(models, artifacts, s3, clock);
    }

    void close(@Disposes Stores stores) {
        stores.close();
    }

    @Produces
    @Singleton
    WorkStore store(Stores stores) {
        Set<String> mediaTypes = new TreeSet<>(StoreSettings.DEFAULT_MEDIA_TYPES);
        mediaTypes.add("application/octet-stream");
        return stores.works(mediaTypes);
    }

    void close(@Disposes WorkStore store) {
        store.close();
    }

    @Produces
    @Singleton
    ArtifactStore artifactStore(WorkStore store, MeterRegistry meters) {
        return new TimedArtifacts(store.artifacts(), meters);
    }

    @Produces
    @Singleton
    OutcomeStore outcomeStore(WorkStore store, MeterRegistry meters) {
        return new TimedOutcomes(store.outcomes(), meters);
    }

    // Models

    @Produces
    @Singleton
    ModelRepository repository(Stores stores) {
        return stores.models();
    }

    @Produces
    @Singleton
    ModelServer modelServer(ModelRepository repository, MeterRegistry meters) {
        return OnnxModelServer.start(repository, TASKS, settings(), new InferenceMeters(meters), clock);
    }

    void close(@Disposes ModelServer server) {
        server.close();
    }

    @Produces
    @Singleton
    ModelHintListener hints(ModelServer server) {
        return server::refresh;
    }

    // Runs and their entrances

    @Produces
    @Singleton
    Runs runs(OutcomeStore outcomes, ModelServer server, MeterRegistry meters) {
        Runs runs = new Runs(
                new EventIssuer(ImageRequests.KIND, "/atelier/" + ImageRequests.KIND, artifacts.baseUrl()),
                outcomes,
                clock);
        ServiceGauges.register(meters, ImageRequests.KIND, runs, server);
        return runs;
    }

    void close(@Disposes Runs runs) {
        runs.close();
    }

    @Produces
    @Singleton
    References references() {
        return new References(artifacts.baseUrl());
    }

    @Produces
    @Singleton
    ImageRequests imageRequests(ModelServer server, ArtifactStore store, References references, MeterRegistry meters) {
        return new ImageRequests(
                new GenerateImages(server, store),
                new ClassifyImage(server, store),
                references,
                new RequestMeters(meters));
    }

    @Produces
    @Singleton
    Calls calls() {
        return new Calls(requests.maxInFlight(), requests.retryDelay());
    }

    @Produces
    @Singleton
    OnceCalls onceCalls(Calls calls, Runs runs, ArtifactStore store) {
        return new OnceCalls(ImageRequests.KIND, calls, runs, new InlineContent(store), requests.jobLimit(), clock);
    }

    @Produces
    @Singleton
    Watches watches(ModelServer server) {
        return new Watches(server, new Calls(requests.maxWatches(), requests.retryDelay()));
    }

    @Produces
    @Singleton
    UploadLimits uploadLimits() {
        return new UploadLimits(artifacts.maxUpload().asLongValue(), requests.stall());
    }

    private InferenceSettings settings() {
        return new InferenceSettings(
                inference.device(),
                inference.threads().orElse(Runtime.getRuntime().availableProcessors()),
                inference.workers(),
                inference.queue(),
                inference.maxRun(),
                models.pollInterval(),
                inference.cachedVersions(),
                inference.maxModel().asLongValue(),
                inference.maxLoad(),
                requests.drain());
    }
}
