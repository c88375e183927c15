package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kit.EventProbe;
import io.atelier.kit.TempFolder;
import io.atelier.local.EmbeddedBroker;
import io.atelier.local.Topics;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelName;
import io.atelier.proto.trainer.v1.CancelTrainingJobRequest;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.CurvePoint;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A broker, a database, and two trainers on one ledger and one work folder, the second not started. */
final class TrainingSystem implements AutoCloseable {
    static final String REQUESTS = "atelier.training.requests";
    static final String RESULTS = "atelier.training.results";
    static final String PROGRESS = "atelier.training.progress";
    static final String DEAD_LETTER = "atelier.training.dead-letter";
    static final String CANCELLATIONS = "atelier.cancellations";
    static final String MODELS = "atelier.models";
    static final Duration PATIENCE = Duration.ofSeconds(180);

    static final Set<TrainingState> ENDS = Set.of(
            TrainingState.TRAINING_STATE_SUCCEEDED,
            TrainingState.TRAINING_STATE_FAILED,
            TrainingState.TRAINING_STATE_CANCELLED);

    private final TempFolder folder = TempFolder.create("atelier-training");
    private final EmbeddedBroker broker;
    private final EventProbe events;
    private final TrainingDatabase database = new TrainingDatabase(path("database"));
    private final TrainingFiles files = TrainingFiles.in(path("data"));
    private final TrainingReplica one;
    private final TrainingReplica other;
    private @Nullable Trained undisturbed;

    private TrainingSystem() {
        broker = EmbeddedBroker.start(path("kafka"));
        Topics.create(broker.bootstrapServers(), Topics.of(Topics.KINDS));
        events = EventProbe.on(
                broker.bootstrapServers(), REQUESTS, RESULTS, PROGRESS, DEAD_LETTER, CANCELLATIONS, MODELS);
        one = new TrainingReplica("one", path("one.log"), settings());
        other = new TrainingReplica("other", path("other.log"), settings());
    }

    /** Gives tests the one system of this JVM, and stops it after the last of them. */
    static final class Shared implements ParameterResolver {
        private static final Namespace SHARED = Namespace.create(TrainingSystem.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TrainingSystem.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(SHARED)
                    .computeIfAbsent("system", name -> started(), TrainingSystem.class);
        }

        private static TrainingSystem started() {
            TrainingSystem system = new TrainingSystem();
            boolean started = false;
            try {
                system.database.start();
                system.one.start();
                started = true;
                return system;
            } finally {
                if (!started) {
                    system.close();
                }
            }
        }
    }

    /**
     * What a training leads to.
     *
     * @param curve every point
     * @param evaluation what was measured
     * @param digest the model's
     */
    record Trained(List<CurvePoint> curve, Map<String, Double> evaluation, String digest) {}

    /** What {@link TrainingFiles#order} leads to when nothing disturbs it. */
    Trained undisturbed() {
        Trained known = undisturbed;
        if (known == null) {
            known = trained(create(files.order("undisturbed")).getId());
            undisturbed = known;
        }
        return known;
    }

    /** Waits for a job's good end and tells what it led to. */
    Trained trained(String id) {
        return trained(one, id);
    }

    static Trained trained(TrainingReplica replica, String id) {
        TrainingJob ended = replica.awaitEnd(id);
        assertThat(ended.getState()).as(ended.toString()).isEqualTo(TrainingState.TRAINING_STATE_SUCCEEDED);
        return new Trained(
                points(replica.watch(id)),
                ended.getEvaluationMap(),
                ended.getModel().getDigest());
    }

    TrainingFiles files() {
        return files;
    }

    EventProbe events() {
        return events;
    }

    TrainingDatabase database() {
        return database;
    }

    /** The replica that is always running, but for kills. */
    TrainingReplica one() {
        return one;
    }

    TrainingReplica other() {
        return other;
    }

    List<Long> versions(String model) {
        return new DirectoryModelRepository(models(), InstantSource.system()).versions(new ModelName(model));
    }

    Path models() {
        return path("models");
    }

    /** Where a job's attempts have their folders. */
    Path runs(String job) {
        return path("work").resolve(job);
    }

    /** What the process of a job's only attempt has said. */
    String log(String job) {
        try {
            return Files.readString(runs(job).resolve("1").resolve("attempt.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TrainingJob create(CreateTrainingJobRequest.Builder request) {
        return one.grpc().createTrainingJob(request.build()).getJob();
    }

    TrainingJob get(String id) {
        return one.get(id);
    }

    TrainingJob awaitState(String id, TrainingState state) {
        return one.awaitJob(id, job -> job.getState() == state);
    }

    TrainingJob awaitEnd(String id) {
        return one.awaitEnd(id);
    }

    /** Waits until a job has done a step. */
    void awaitStep(String id, long step) {
        one.awaitJob(id, job -> job.getStep() >= step);
    }

    List<WatchTrainingJobResponse> watch(String id) {
        return one.watch(id);
    }

    static List<CurvePoint> points(List<WatchTrainingJobResponse> told) {
        return told.stream()
                .filter(WatchTrainingJobResponse::hasPoint)
                .map(WatchTrainingJobResponse::getPoint)
                .toList();
    }

    /** Cancels whatever a test that failed has left, so that the next one begins with free devices. */
    void cancelWhatRuns() {
        ListTrainingJobsRequest running = ListTrainingJobsRequest.newBuilder()
                .addStates(TrainingState.TRAINING_STATE_QUEUED)
                .addStates(TrainingState.TRAINING_STATE_RUNNING)
                .addStates(TrainingState.TRAINING_STATE_EVALUATING)
                .addStates(TrainingState.TRAINING_STATE_PUBLISHING)
                .build();
        for (TrainingJob job : one.grpc().listTrainingJobs(running).getJobsList()) {
            one.grpc()
                    .cancelTrainingJob(CancelTrainingJobRequest.newBuilder()
                            .setId(job.getId())
                            .build());
        }
        await().atMost(PATIENCE)
                .until(() -> one.training().isEmpty() && other.training().isEmpty());
    }

    /** What all replicas share. */
    List<String> settings() {
        return List.of(
                "-Dkafka.bootstrap.servers=" + broker.bootstrapServers(),
                "-Dquarkus.datasource.jdbc.url=" + database.url(),
                "-Dquarkus.datasource.username=postgres",
                "-Datelier.models.repository=" + models(),
                "-Datelier.artifacts.directory=" + path("artifacts"),
                "-Datelier.artifacts.base-url=http://127.0.0.1:8084",
                "-Datelier.trainer.program=" + Checkout.jar("services/trainer/learn/target", "atelier-learn"),
                "-Datelier.trainer.work=" + path("work"),
                "-Datelier.trainer.data-roots=" + path("data"),
                "-Datelier.trainer.devices=cpu",
                "-Datelier.trainer.threads=1",
                "-Datelier.trainer.heap=256M",
                "-Datelier.trainer.memory=2G",
                "-Datelier.trainer.lease=2s");
    }

    private Path path(String name) {
        return folder.path().resolve(name);
    }

    @Override
    public void close() {
        one.close();
        other.close();
        events.close();
        database.close();
        broker.close();
        folder.close();
    }
}
