package io.atelier.trainer;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.endpoints.artifacts.References;
import io.atelier.endpoints.config.ArtifactsConfig;
import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.endpoints.config.ModelsConfig;
import io.atelier.endpoints.config.RequestsConfig;
import io.atelier.endpoints.config.S3Config;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.stores.Configured;
import io.atelier.endpoints.stores.Stores;
import io.atelier.kernel.ErrorCode;
import io.atelier.messaging.OutgoingEvents;
import io.atelier.models.ModelRepository;
import io.atelier.trainer.api.JobMessages;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.api.grpc.JobStreams;
import io.atelier.trainer.api.kafka.JobEvents;
import io.atelier.trainer.api.kafka.JobProgress;
import io.atelier.trainer.config.KubernetesConfig;
import io.atelier.trainer.config.TrainerConfig;
import io.atelier.trainer.domain.BenchTools;
import io.atelier.trainer.domain.EndEvents;
import io.atelier.trainer.domain.Leases;
import io.atelier.trainer.domain.Ledger;
import io.atelier.trainer.domain.Outbox;
import io.atelier.trainer.domain.ProgressReports;
import io.atelier.trainer.domain.RecipeBook;
import io.atelier.trainer.domain.TrainingData;
import io.atelier.trainer.domain.Trainings;
import io.atelier.trainer.domain.Workbench;
import io.atelier.trainer.runtime.ArtifactsInUse;
import io.atelier.trainer.runtime.JobGauges;
import io.atelier.trainer.runtime.Lifecycle;
import io.atelier.trainer.runtime.MeteredLeases;
import io.atelier.trainer.runtime.OutboxRelay;
import io.atelier.trainer.runtime.WorkbenchThreads;
import io.atelier.trainer.runtime.data.DataRoots;
import io.atelier.trainer.runtime.data.ObjectRoots;
import io.atelier.trainer.runtime.data.UploadedArchives;
import io.atelier.trainer.runtime.kubernetes.JobPlan;
import io.atelier.trainer.runtime.ledger.LedgerOutcomes;
import io.atelier.trainer.runtime.ledger.PostgresLeases;
import io.atelier.trainer.runtime.ledger.PostgresLedger;
import io.atelier.trainer.runtime.ledger.PostgresOutbox;
import io.atelier.trainer.runtime.process.LearnRecipes;
import io.atelier.trainer.runtime.process.ProcessRunner;
import io.atelier.trainer.runtime.publish.RepositoryPublisher;
import io.atelier.trainer.runtime.publish.StoredSamples;
import io.atelier.trainer.runtime.runs.KeptRuns;
import io.atelier.trainer.runtime.runs.RunFolders;
import io.atelier.trainer.runtime.runs.Runs;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The whole trainer on one screen: stores, ledger, workbenches, use cases, entrances. */
@Singleton
final class Wiring {
    private final InstantSource clock = InstantSource.system();
    private final Configured configured;
    private final TrainerSettings settings;
    private final KubernetesSettings cluster;

    Wiring(
            ModelsConfig models,
            ArtifactsConfig artifacts,
            S3Config s3,
            RequestsConfig requests,
            TrainerConfig trainer,
            KubernetesConfig kubernetes) {
        this.settings = new TrainerSettings(trainer, s3);
        this.cluster = new KubernetesSettings(kubernetes, trainer);
        ConfigCheck check = settings.check(Configured.check(models, artifacts, s3, requests));
        if (settings.inCluster()) {
            cluster.check(check, Stores.folder(models));
        }
        check.verify();
        this.configured = new Configured(models, artifacts, s3, requests, Set.of("application/zip"));
    }

    @Produces
    @Singleton
    Configured configured() {
        return configured;
    }

    // The ledger

    @Produces
    @Singleton
    TrainingEnds ends() {
        return new TrainingEnds(new EventIssuer(
                TrainingEnds.KIND,
                "/atelier/" + TrainingEnds.KIND,
                configured.artifacts().baseUrl()));
    }

    @Produces
    @Singleton
    EndEvents events(TrainingEnds ends) {
        return new JobEvents(ends);
    }

    @Produces
    @Singleton
    Ledger ledger(DataSource source, EndEvents events, MeterRegistry meters) {
        Ledger ledger = new PostgresLedger(source, events);
        JobGauges.register(meters, ledger);
        return ledger;
    }

    @Produces
    @Singleton
    Leases leases(DataSource source, EndEvents events, MeterRegistry meters) {
        return new MeteredLeases(new PostgresLeases(source, settings.ledger(), events), meters);
    }

    @Produces
    @Singleton
    Outbox outbox(DataSource source) {
        return new PostgresOutbox(source);
    }

    @Produces
    @Singleton
    OutboxRelay relay(Outbox outbox, OutgoingEvents events) {
        return new OutboxRelay(outbox, events);
    }

    @Produces
    @Singleton
    OutcomeStore outcomes(Ledger ledger, TrainingEnds ends) {
        return new LedgerOutcomes(ledger, ends::of);
    }

    // Work

    @Produces
    @Singleton
    RecipeBook recipes() {
        return new LearnRecipes(settings.program());
    }

    @Produces
    @Singleton
    TrainingData data(ArtifactStore store, Stores stores) {
        List<ObjectRoots.Root> roots = settings.dataAddresses().stream()
                .map(at -> new ObjectRoots.Root(at, stores.objects(at.toString(), ErrorCode.RUNS_UNAVAILABLE)))
                .toList();
        return new UploadedArchives(store, new ObjectRoots(roots, new DataRoots(settings.dataFolders())));
    }

    @Produces
    @Singleton
    ArtifactsInUse inUse(Ledger ledger, ArtifactStore store) {
        return new ArtifactsInUse(ledger, store);
    }

    @Produces
    @Singleton
    Runs runs(Stores stores) {
        RunFolders folders = new RunFolders(settings.work());
        return settings.runs()
                .<Runs>map(at -> new KeptRuns(
                        stores.objects(at.toString(), ErrorCode.RUNS_UNAVAILABLE),
                        at.toString(),
                        folders,
                        settings.inCluster() ? Optional.of(JobPlan.RUN) : Optional.empty()))
                .orElse(folders);
    }

    @Produces
    @Singleton
    ProgressReports progress(OutgoingEvents events, TrainingEnds ends) {
        return new JobProgress(events, ends.issuer().source(), clock);
    }

    @Produces
    @Singleton
    RunPlaces places(Ledger ledger, Runs runs, TrainingData data) {
        String known = Stores.address(configured.models());
        return settings.inCluster()
                ? ClusterPlaces.of(settings, cluster, ledger, runs, data, known, clock)
                : RunPlaces.of(
                        settings.devices(),
                        settings::worker,
                        device -> new ProcessRunner(settings.program(), device, runs, data, known));
    }

    void close(@Disposes RunPlaces places) {
        places.close();
    }

    @Produces
    @Singleton
    WorkbenchThreads benches(
            Leases leases,
            Ledger ledger,
            RunPlaces places,
            ModelRepository repository,
            ArtifactStore store,
            ProgressReports progress) {
        List<Workbench> benches = places.all().stream()
                .map(place -> new Workbench(
                        place.worker(),
                        new BenchTools(
                                leases,
                                ledger,
                                place.runner(),
                                new RepositoryPublisher(repository, clock),
                                new StoredSamples(store),
                                progress),
                        settings.bench(),
                        clock))
                .toList();
        return new WorkbenchThreads(benches);
    }

    // Use cases and entrances

    @Produces
    @Singleton
    Trainings trainings(Ledger ledger, RecipeBook recipes, TrainingData data, WorkbenchThreads benches) {
        return new Trainings(ledger, recipes, data, benches::nudge);
    }

    @Produces
    @Singleton
    JobStreams streams(Trainings trainings, ArtifactStore store, References references) {
        return new JobStreams(
                trainings,
                new JobMessages(store, references),
                new Calls(
                        configured.requests().maxWatches(),
                        configured.requests().retryDelay()),
                configured.requests().stall());
    }

    @Produces
    @Singleton
    Lifecycle.StreamsEnd streamsEnd(JobStreams streams) {
        return streams::end;
    }
}
