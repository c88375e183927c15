package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that cannot succeed say what to put right, and the next one runs. */
@ExtendWith(TrainingSystem.Shared.class)
class TrainingRefusalsTest {
    private final TrainingSystem system;
    private final TrainingFiles files;

    TrainingRefusalsTest(TrainingSystem system) {
        this.system = system;
        this.files = system.files();
    }

    @BeforeEach
    @AfterEach
    void beginAndEndIdle() {
        system.cancelWhatRuns();
    }

    @Test
    void unknownRecipeIsRefusedWithTheKnownOnes() {
        assertThat(refused(files.order("bad").setRecipe("vae-of-everything")))
                .containsOnlyKeys("recipe")
                .hasEntrySatisfying(
                        "recipe",
                        message -> assertThat(message)
                                .contains("no recipe vae-of-everything", "cnn-fashion", "gan-tiles"));
    }

    @Test
    void badOverridesAreRefusedByNameAndAllAtOnce() {
        Map<String, String> wrong = refused(files.order("bad")
                .putSettings("schedule.speed", "3")
                .putSettings("schedule.batch", "many")
                .putSettings("schedule.rate", "-0.5"));
        assertThat(wrong).containsOnlyKeys("schedule.speed", "schedule.batch", "schedule.rate");
        assertThat(wrong.get("schedule.speed")).contains("has no setting schedule.speed");
        assertThat(wrong.get("schedule.batch")).contains("is many", "of type integer");
    }

    @Test
    void negativeLearningRateIsRefusedWithItsRange() {
        assertThat(refused(files.order("bad").putSettings("schedule.rate", "-0.001")))
                .containsOnlyKeys("schedule.rate")
                .hasEntrySatisfying(
                        "schedule.rate", message -> assertThat(message).contains("-0.001", "from 0 to"));
    }

    @Test
    void dataThatIsNotThereIsRefusedWithItsPath() {
        Path nowhere = files.root().resolve("nowhere");
        assertThat(refused(files.order("bad").setData(nowhere.toString())))
                .containsOnlyKeys("data")
                .hasEntrySatisfying(
                        "data",
                        message -> assertThat(message)
                                .contains(nowhere.toString(), "is not there", "name an existing folder"));
    }

    @Test
    void dataOutsideTheRootsIsRefusedWithTheOptionThatAddsOne() {
        assertThat(refused(files.order("bad").setData("/etc")))
                .hasEntrySatisfying("data", message -> assertThat(message).contains("--data-root"));
    }

    /** Four of them in one go, and a good one behind them: what stops a training does not stop its worker. */
    @Test
    void unusableDataFailsItsJobWithAdviceAndTheNextJobRuns() {
        String empty = files.folder("empty").toString();
        String corrupt = files.tilesWithACorruptOne("tiles").toString();
        String foreign = files.archiveWithAForeignName("foreign.zip").toString();
        String labels = files.fashion("labels", 12).toString();
        List<String> jobs = List.of(
                make(files.order("bad").setData(empty)),
                make(tiles(corrupt)),
                make(tiles(foreign)), // no recipe reads texts yet; the names of files are text too
                make(files.order("bad").setData(labels)),
                make(files.order("good")));
        assertFailed(jobs.get(0), empty + " has no train-images-idx3-ubyte", "Fashion-MNIST is public");
        assertFailed(jobs.get(1), "dngn/floor/tile3.png is a broken picture", "Leave it out or replace it");
        assertFailed(jobs.get(2), foreign + " has an entry whose name", "UTF-8", "Pack it again");
        assertFailed(jobs.get(3), labels, "gives record 10 the label 10", "0..9", "Correct that record");
        assertThat(system.trained(jobs.get(4))).isEqualTo(system.undisturbed());
        assertThat(system.versions("bad")).isEmpty();
        assertThat(system.versions("gan-tiles")).isEmpty();
    }

    private static CreateTrainingJobRequest.Builder tiles(String data) {
        return CreateTrainingJobRequest.newBuilder().setRecipe("gan-tiles").setData(data);
    }

    private String make(CreateTrainingJobRequest.Builder order) {
        return system.create(order).getId();
    }

    private void assertFailed(String id, String... words) {
        TrainingJob job = system.awaitEnd(id);
        assertThat(job.getState()).as(job.toString()).isEqualTo(TrainingState.TRAINING_STATE_FAILED);
        assertThat(job.getFailure().getMessage()).contains(words);
        assertThat(job.getFailure().getField()).isEqualTo("data");
        assertThat(job.getFailure().getCode()).startsWith("ATELIER-TRAINING-");
    }

    /** What is wrong, by field. */
    private Map<String, String> refused(CreateTrainingJobRequest.Builder order) {
        StatusRuntimeException refusal =
                Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, () -> system.create(order)));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        Map<String, String> wrong = new TreeMap<>();
        for (Any detail :
                Objects.requireNonNull(StatusProto.fromThrowable(refusal)).getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                violations(detail)
                        .getFieldViolationsList()
                        .forEach(one -> wrong.put(one.getField(), one.getDescription()));
            }
        }
        return wrong;
    }

    private static BadRequest violations(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
