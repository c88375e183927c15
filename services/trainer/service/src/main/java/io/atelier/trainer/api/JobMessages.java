package io.atelier.trainer.api;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.endpoints.artifacts.References;
import io.atelier.proto.common.v1.ModelVersion;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.CurvePoint;
import io.atelier.proto.trainer.v1.Recipe;
import io.atelier.proto.trainer.v1.ResumeTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainingFailure;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingResult;
import io.atelier.proto.trainer.v1.TrainingState;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Published;
import io.atelier.trainer.domain.RecipeInfo;
import io.atelier.trainer.domain.Report;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns jobs into messages and messages into orders. */
public final class JobMessages {
    public static final String CREATE = "io.atelier.training.create.v1";
    public static final String RESUME = "io.atelier.training.resume.v1";

    /** What each request type's data is. */
    public static final Map<String, Message> MESSAGES = Map.of(
            CREATE, CreateTrainingJobRequest.getDefaultInstance(),
            RESUME, ResumeTrainingJobRequest.getDefaultInstance());

    private final ArtifactStore artifacts;
    private final References references;

    /** @param artifacts where samples are; one that is gone by now is left out */
    public JobMessages(ArtifactStore artifacts, References references) {
        this.artifacts = artifacts;
        this.references = references;
    }

    /** What a request orders. */
    public static Order order(CreateTrainingJobRequest request) {
        return new Order(
                request.getRecipe(),
                request.getData(),
                request.getSettingsMap(),
                request.hasSeed() ? OptionalLong.of(request.getSeed()) : OptionalLong.empty(),
                Optional.empty());
    }

    public static TrainingJob of(Job job) {
        Order order = job.order();
        TrainingJob.Builder message = TrainingJob.newBuilder()
                .setId(job.id().toString())
                .setRecipe(order.recipe())
                .setData(order.data())
                .putAllSettings(order.settings())
                .setOwner(job.asked().owner())
                .setRequestId(job.asked().id())
                .setState(of(job.state()))
                .setStep(job.latest().step())
                .setTotalSteps(job.latest().totalSteps())
                .putAllMetrics(job.latest().metrics())
                .putAllEvaluation(job.evaluation())
                .setCreatedAt(of(job.createdAt()))
                .setChangedAt(of(job.changedAt()));
        order.seed().ifPresent(message::setSeed);
        order.resumes().ifPresent(id -> message.setResumes(id.toString()));
        job.pace().ifPresent(pace -> message.setPace(of(pace)));
        job.model().ifPresent(model -> message.setModel(of(model)));
        job.failure().ifPresent(failure -> message.setFailure(of(failure)));
        return message.build();
    }

    public CurvePoint of(Report report) {
        CurvePoint.Builder point =
                CurvePoint.newBuilder().setStep(report.step()).putAllMetrics(report.metrics());
        report.sample().flatMap(artifacts::find).map(references::to).ifPresent(point::setSample);
        return point.build();
    }

    public static Recipe of(RecipeInfo recipe) {
        return Recipe.newBuilder()
                .setName(recipe.name())
                .setTitle(recipe.title())
                .setModel(recipe.model())
                .setTask(recipe.task())
                .putAllSettings(recipe.settings())
                .setSettingsSchema(recipe.schema())
                .build();
    }

    /** What the event of a job that has succeeded says. */
    public static TrainingResult result(Job job) {
        return TrainingResult.newBuilder()
                .setRequestId(job.asked().id())
                .setJobId(job.id().toString())
                .setModel(of(job.model().orElseThrow()))
                .putAllEvaluation(job.evaluation())
                .build();
    }

    /** The state of a message, or nothing for one that none has. */
    public static Optional<JobState> state(TrainingState state) {
        return switch (state) {
            case TRAINING_STATE_QUEUED -> Optional.of(JobState.QUEUED);
            case TRAINING_STATE_RUNNING -> Optional.of(JobState.RUNNING);
            case TRAINING_STATE_EVALUATING -> Optional.of(JobState.EVALUATING);
            case TRAINING_STATE_PUBLISHING -> Optional.of(JobState.PUBLISHING);
            case TRAINING_STATE_SUCCEEDED -> Optional.of(JobState.SUCCEEDED);
            case TRAINING_STATE_FAILED -> Optional.of(JobState.FAILED);
            case TRAINING_STATE_CANCELLED -> Optional.of(JobState.CANCELLED);
            case TRAINING_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static TrainingState of(JobState state) {
        return TrainingState.valueOf("TRAINING_STATE_" + state.name());
    }

    private static io.atelier.proto.trainer.v1.Pace of(Pace pace) {
        io.atelier.proto.trainer.v1.Pace.Builder message = io.atelier.proto.trainer.v1.Pace.newBuilder()
                .setStepsPerSecond(pace.stepsPerSecond())
                .setLeft(Duration.newBuilder()
                        .setSeconds(pace.left().toSeconds())
                        .setNanos(pace.left().toNanosPart()))
                .setMemoryBytes(pace.memoryBytes());
        pace.deviceMemoryBytes().ifPresent(message::setDeviceMemoryBytes);
        return message.build();
    }

    private static ModelVersion of(Published model) {
        return ModelVersion.newBuilder()
                .setName(model.model())
                .setVersion(model.version())
                .setDigest(model.digest().hex())
                .build();
    }

    private static TrainingFailure of(Failure failure) {
        return TrainingFailure.newBuilder()
                .setCode(failure.code())
                .setMessage(failure.message())
                .setField(failure.field().orElse(""))
                .build();
    }

    private static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
