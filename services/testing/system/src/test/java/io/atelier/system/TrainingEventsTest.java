package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kit.Event;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs over Kafka: one job and one outcome for a request, however often it comes. */
@ExtendWith(TrainingSystem.Shared.class)
class TrainingEventsTest {
    private static final String CREATE = "io.atelier.training.create.v1";
    private static final JsonMapper JSON = new JsonMapper();

    private final TrainingSystem system;

    TrainingEventsTest(TrainingSystem system) {
        this.system = system;
    }

    @BeforeEach
    @AfterEach
    void beginAndEndIdle() {
        system.cancelWhatRuns();
    }

    @Test
    void fiveEqualEventsYieldOneJobAndOneOutcomeWithTheSameBytes() throws Exception {
        for (int i = 0; i < 5; i++) {
            request("five", order("five", TrainingFiles.EPOCHS));
        }
        Event outcome = system.events().awaitOne(TrainingSystem.PATIENCE, answerTo("five"));
        assertThat(outcome.type()).contains("io.atelier.training.completed.v1");
        TrainingJob job = job("five");
        assertThat(JSON.readTree(outcome.value()).path("job_id").asText()).isEqualTo(job.getId());
        assertThat(job.getModel().getDigest()).isEqualTo(system.undisturbed().digest());
        assertThat(system.versions("five")).containsExactly(1L);
        assertThat(system.events().seen(about(TrainingSystem.PROGRESS, "five"))).isNotEmpty();
        assertThat(system.events().seen(answerTo("five"))).hasSize(1);
        request("five", order("five", TrainingFiles.EPOCHS));
        List<Event> both = system.events().await(2, TrainingSystem.PATIENCE, answerTo("five"));
        assertThat(both).hasSize(2);
        assertThat(both.stream().map(Event::text).collect(Collectors.toSet())).hasSize(1);
        assertThat(both.stream().map(Event::id).collect(Collectors.toSet())).hasSize(1);
        assertThat(both.stream().map(event -> event.header("ce_time")).collect(Collectors.toSet()))
                .hasSize(1);
        Event told = system.events()
                .awaitOne(
                        TrainingSystem.PATIENCE,
                        event -> event.topic().equals(TrainingSystem.MODELS)
                                && event.key().equals("five"));
        assertThat(JSON.readTree(told.value()).path("digest").asText())
                .isEqualTo(job.getModel().getDigest());
    }

    @Test
    void cancellationOfARunningJobIsItsOutcome() throws Exception {
        request("cancelled", order("cancelled", 4000));
        system.events().awaitOne(TrainingSystem.PATIENCE, about(TrainingSystem.PROGRESS, "cancelled"));
        cancel("cancelled");
        Event outcome = system.events().awaitOne(TrainingSystem.PATIENCE, answerTo("cancelled"));
        assertThat(outcome.type()).contains("io.atelier.training.cancelled.v1");
        assertThat(job("cancelled").getState()).isEqualTo(TrainingState.TRAINING_STATE_CANCELLED);
        Awaitility.await()
                .atMost(TrainingSystem.PATIENCE)
                .until(() -> system.one().training().isEmpty());
        assertThat(system.versions("cancelled")).isEmpty();
    }

    @Test
    void requestThatWasCancelledBeforeItCameIsNotTrained() throws Exception {
        cancel("early");
        system.events().awaitOne(TrainingSystem.PATIENCE, answerTo("early"));
        request("early", order("early", 4000));
        List<Event> outcomes = system.events().await(2, TrainingSystem.PATIENCE, answerTo("early"));
        assertThat(outcomes).extracting(Event::type).containsOnly(Optional.of("io.atelier.training.cancelled.v1"));
        assertThat(outcomes.stream().map(Event::text).collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void unfitOrderFailsByTheNameOfItsField() throws Exception {
        ObjectNode order = order("unfit", TrainingFiles.EPOCHS);
        order.withObject("/settings").put("schedule.rate", "-1");
        request("unfit", order);
        Event failed = system.events().awaitOne(TrainingSystem.PATIENCE, answerTo("unfit"));
        assertThat(failed.type()).contains("io.atelier.training.failed.v1");
        assertThat(failed.text()).contains("\"schedule.rate\"").contains("from 0 to");
    }

    @Test
    void poisonIsSetAsideWithItsReasonAndTheNextOrderIsAnswered() throws Exception {
        system.events().send(TrainingSystem.REQUESTS, Map.of("ce_type", CREATE, "ce_id", "poison"), "{no json");
        request("after-poison", order("after-poison", TrainingFiles.EPOCHS).put("recipe", "none"));
        Event letter = system.events()
                .awaitOne(
                        TrainingSystem.PATIENCE,
                        event -> event.topic().equals(TrainingSystem.DEAD_LETTER)
                                && event.id().filter("poison"::equals).isPresent());
        assertThat(letter.text()).isEqualTo("{no json");
        assertThat(letter.headers()).containsKeys("dead-letter-code", "dead-letter-reason", "dead-letter-offset");
        assertThat(system.events()
                        .awaitOne(TrainingSystem.PATIENCE, answerTo("after-poison"))
                        .text())
                .contains("cnn-fashion");
    }

    private ObjectNode order(String model, int epochs) {
        ObjectNode order = JSON.createObjectNode()
                .put("recipe", "cnn-fashion")
                .put("data", system.files().root().resolve("good").toString())
                .put("seed", "7");
        ObjectNode settings = order.putObject("settings");
        system.files().settings(model, epochs).forEach(settings::put);
        return order;
    }

    private void request(String id, ObjectNode order) {
        system.events()
                .send(
                        TrainingSystem.REQUESTS,
                        Map.of("ce_type", CREATE, "ce_id", id, "ce_source", "/system"),
                        order.toString());
    }

    private void cancel(String id) {
        system.events()
                .send(
                        TrainingSystem.CANCELLATIONS,
                        Map.of("ce_type", "io.atelier.cancel.v1"),
                        JSON.createObjectNode()
                                .put("kind", "training")
                                .put("source", "/system")
                                .put("id", id)
                                .toString());
    }

    /** The one job of a request. */
    private TrainingJob job(String request) {
        List<TrainingJob> jobs = system
                .one()
                .grpc()
                .listTrainingJobs(
                        ListTrainingJobsRequest.newBuilder().setPageSize(1000).build())
                .getJobsList()
                .stream()
                .filter(job -> job.getRequestId().equals(request))
                .toList();
        assertThat(jobs).hasSize(1);
        return jobs.getFirst();
    }

    private static Predicate<Event> answerTo(String id) {
        return about(TrainingSystem.RESULTS, id);
    }

    private static Predicate<Event> about(String topic, String id) {
        return event -> event.topic().equals(topic)
                && event.header("ce_requestid").filter(id::equals).isPresent();
    }
}
