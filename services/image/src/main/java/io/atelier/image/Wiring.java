package io.atelier.image;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.Runs;
import io.atelier.endpoints.artifacts.References;
import io.atelier.endpoints.config.ArtifactsConfig;
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
import io.atelier.endpoints.metrics.TimedOutcomes;
import io.atelier.endpoints.models.Watches;
import io.atelier.endpoints.stores.Configured;
import io.atelier.image.api.ImageRequests;
import io.atelier.image.config.StylizeConfig;
import io.atelier.image.domain.ClassifyImage;
import io.atelier.image.domain.GenerateImages;
import io.atelier.image.domain.StylizeImage;
import io.atelier.image.domain.StylizeLimits;
import io.atelier.inference.InferenceListener;
import io.atelier.inference.InferenceSettings;
import io.atelier.inference.ModelServer;
import io.atelier.inference.OnnxModelServer;
import io.atelier.messaging.ModelHintListener;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.oip.InferenceStatistics;
import io.atelier.oip.OipConfig;
import io.atelier.oip.OipLimits;
import io.atelier.oip.OpenInference;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;

/** The whole image service on one screen: stores, models, runs, use cases, entrances. */
@Singleton
final class Wiring {
    private static final Set<ModelTask> TASKS = Set.of(
            ModelTask.IMAGE_CLASS_CONDITIONAL, ModelTask.IMAGE_FLOW, ModelTask.IMAGE_STYLE, ModelTask.IMAGE_CLASSIFY);

    private final InstantSource clock = InstantSource.system();
    private final Configured configured;
    private final InferenceConfig inference;
    private final OipConfig oip;
    private final StylizeConfig stylize;

    Wiring(
            ModelsConfig models,
            ArtifactsConfig artifacts,
            S3Config s3,
            InferenceConfig inference,
            OipConfig oip,
            StylizeConfig stylize,
            RequestsConfig requests) {
        StylizeConfig.check(
                        OipLimits.check(
                                Configured.check(models, artifacts, s3, requests)
                                        .inference(inference),
                                oip),
                        stylize)
                .verify();
        this.configured = new Configured(models, artifacts, s3, requests, Set.of());
        this.inference = inference;
        this.oip = oip;
        this.stylize = stylize;
    }

    @Produces
    @Singleton
    Configured configured() {
        return configured;
    }

    // Outcomes

    @Produces
    @Singleton
    OutcomeStore outcomeStore(WorkStore store, MeterRegistry meters) {
        return new TimedOutcomes(store.outcomes(), meters);
    }

    // Models

    @Produces
    @Singleton
    InferenceStatistics statistics() {
        return new InferenceStatistics(clock);
    }

    @Produces
    @Singleton
    ModelServer modelServer(ModelRepository repository, MeterRegistry meters, InferenceStatistics statistics) {
        InferenceListener listener = InferenceListener.both(new InferenceMeters(meters), statistics);
        return OnnxModelServer.start(repository, TASKS, settings(), listener, clock);
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
    Runs runs(OutcomeStore outcomes, ModelServer server, OpenInference open, MeterRegistry meters) {
        Runs runs = new Runs(
                new EventIssuer(
                        ImageRequests.KIND,
                        "/atelier/" + ImageRequests.KIND,
                        configured.artifacts().baseUrl()),
                outcomes,
                clock);
        ServiceGauges.register(meters, ImageRequests.KIND, () -> runs.inFlight() + open.inFlight(), server);
        return runs;
    }

    void close(@Disposes Runs runs) {
        runs.close();
    }

    @Produces
    @Singleton
    ImageRequests imageRequests(ModelServer server, ArtifactStore store, References references, MeterRegistry meters) {
        return new ImageRequests(
                new GenerateImages(server, store),
                new StylizeImage(server, store, new StylizeLimits(stylize.maxPixels(), stylize.pixelsAtOnce())),
                new ClassifyImage(server, store),
                references,
                new RequestMeters(meters));
    }

    @Produces
    @Singleton
    OnceCalls onceCalls(Calls calls, Runs runs, ArtifactStore store) {
        return new OnceCalls(
                ImageRequests.KIND,
                calls,
                runs,
                new InlineContent(store),
                configured.requests().jobLimit(),
                clock);
    }

    @Produces
    @Singleton
    OpenInference openInference(
            ModelServer server, ModelRepository repository, InferenceStatistics statistics, MeterRegistry meters) {
        return OpenInference.of(
                ImageRequests.KIND,
                server,
                repository,
                statistics,
                new RequestMeters(meters),
                OipLimits.of(
                        oip,
                        configured.requests().stall(),
                        configured.requests().jobLimit()),
                clock);
    }

    @Produces
    @Singleton
    Watches watches(ModelServer server) {
        return new Watches(
                server,
                new Calls(
                        configured.requests().maxWatches(),
                        configured.requests().retryDelay()));
    }

    private InferenceSettings settings() {
        return new InferenceSettings(
                inference.device(),
                inference.threads().orElse(Runtime.getRuntime().availableProcessors()),
                inference.workers(),
                inference.queue(),
                inference.maxRun(),
                configured.models().pollInterval(),
                inference.cachedVersions(),
                inference.maxModel().asLongValue(),
                inference.maxLoad(),
                configured.requests().drain(),
                new InferenceSettings.Memory(
                        inference.memory().asLongValue(),
                        inference.queueMemory().asLongValue()));
    }
}
