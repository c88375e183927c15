package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.proto.trainer.v1.CancelTrainingJobRequest;
import io.atelier.proto.trainer.v1.ListRecipesRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsResponse;
import io.atelier.proto.trainer.v1.Recipe;
import io.atelier.proto.trainer.v1.ResumeTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs over gRPC: the trainer's jar, trainings in their own processes, a real database. */
@ExtendWith(TrainingSystem.Shared.class)
class TrainingJobsTest {
    private static final int LONG = 4000; // epochs that nobody waits for

    private final TrainingSystem system;
    private final TrainingFiles files;

    TrainingJobsTest(TrainingSystem system) {
        this.system = system;
        this.files = system.files();
    }

    @BeforeEach
    @AfterEach
    void beginAndEndIdle() {
        system.cancelWhatRuns();
    }

    @Test
    void lateWatcherSeesTheSameCurveFromItsFirstStepAsAnEarlyOne() throws Exception {
        String id = system.create(files.order("watched")).getId();
        CompletableFuture<List<WatchTrainingJobResponse>> early = CompletableFuture.supplyAsync(() -> system.watch(id));
        TrainingSystem.Trained late = system.trained(id);
        List<WatchTrainingJobResponse> seen = early.get(TrainingSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(TrainingSystem.points(seen)).isEqualTo(late.curve());
        assertThat(late).isEqualTo(system.undisturbed());
        assertThat(late.curve()).extracting(point -> point.getStep()).isSorted().contains((long) TrainingFiles.STEPS);
        assertThat(seen.getFirst().hasJob()).isTrue();
        assertThat(seen.getLast().getJob().getState()).isEqualTo(TrainingState.TRAINING_STATE_SUCCEEDED);
        assertThat(seen.getLast().getJob().getEvaluationMap()).containsKey("accuracy");
        assertThat(seen.getLast().getJob().getModel().getName()).isEqualTo("watched");
        assertThat(system.versions("watched")).containsExactly(1L);
    }

    @Test
    void cancelledJobStopsAndResumesFromItsCheckpointToTheSameModel() {
        String id = system.create(files.order("resumed")).getId();
        system.awaitStep(id, TrainingFiles.CHECKPOINT_EVERY + 1);
        system.one()
                .grpc()
                .cancelTrainingJob(
                        CancelTrainingJobRequest.newBuilder().setId(id).build());
        await().atMost(TrainingSystem.PATIENCE)
                .until(() -> system.one().training().isEmpty());
        TrainingJob cancelled = system.get(id);
        assertThat(cancelled.getState()).isEqualTo(TrainingState.TRAINING_STATE_CANCELLED);
        assertThat(cancelled.getStep()).isLessThan(TrainingFiles.STEPS);
        TrainingJob resumed = system.one()
                .grpc()
                .resumeTrainingJob(
                        ResumeTrainingJobRequest.newBuilder().setId(id).build())
                .getJob();
        TrainingSystem.Trained went = system.trained(resumed.getId());
        assertThat(resumed.getResumes()).isEqualTo(id);
        assertThat(went).as("the whole curve, from the first step").isEqualTo(system.undisturbed());
        assertThat(system.log(resumed.getId())).contains("resumes after step ").doesNotContain("resumes after step 0");
        assertThat(system.get(id)).as("an end that stands").isEqualTo(cancelled);
        assertThat(system.versions("resumed")).containsExactly(1L);
    }

    @Test
    void dataMayLieBeyondWhatACommandLineHolds() {
        Path deep = files.copy("good", ("d".repeat(200) + "/").repeat(12) + "data");
        String id = system.create(files.order("deep").setData(deep.toString())).getId();
        assertThat(system.trained(id)).isEqualTo(system.undisturbed());
    }

    @Test
    void jobsAreListedNewestFirstInPagesAndByStateAndRecipe() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.addFirst(system.create(files.order("listed", LONG)).getId());
        }
        system.awaitState(made.getLast(), TrainingState.TRAINING_STATE_RUNNING);
        ListTrainingJobsResponse first =
                list(ListTrainingJobsRequest.newBuilder().setPageSize(2));
        ListTrainingJobsResponse second =
                list(ListTrainingJobsRequest.newBuilder().setPageSize(1).setPageToken(first.getNextPageToken()));
        List<String> listed = new ArrayList<>(ids(first));
        listed.addAll(ids(second));
        assertThat(listed).isEqualTo(made);
        assertThat(ids(list(ListTrainingJobsRequest.newBuilder().addStates(TrainingState.TRAINING_STATE_QUEUED))))
                .isEqualTo(made.subList(0, 2));
        assertThat(ids(list(ListTrainingJobsRequest.newBuilder().addStates(TrainingState.TRAINING_STATE_RUNNING))))
                .containsExactly(made.getLast());
        assertThat(ids(list(ListTrainingJobsRequest.newBuilder().setRecipe("gan-tiles"))))
                .doesNotContainAnyElementsOf(made);
        assertThat(ids(list(ListTrainingJobsRequest.newBuilder().setOwner("nobody"))))
                .isEmpty();
    }

    @Test
    void everyRecipeHasASchemaOfAllItsSettings() throws Exception {
        List<Recipe> recipes = system.one()
                .grpc()
                .listRecipes(ListRecipesRequest.getDefaultInstance())
                .getRecipesList();
        assertThat(recipes).extracting(Recipe::getName).contains("cnn-fashion", "gan-fashion", "gan-tiles");
        for (Recipe recipe : recipes) {
            JsonNode properties =
                    new JsonMapper().readTree(recipe.getSettingsSchema()).path("properties");
            assertThat(recipe.getSettingsMap()).isNotEmpty();
            for (String setting : recipe.getSettingsMap().keySet()) {
                assertThat(properties.path(setting).path("type").asText())
                        .as(recipe.getName() + " " + setting)
                        .isNotEmpty();
                assertThat(properties.path(setting).path("description").asText())
                        .isNotEmpty();
            }
        }
    }

    private ListTrainingJobsResponse list(ListTrainingJobsRequest.Builder request) {
        return system.one().grpc().listTrainingJobs(request.build());
    }

    private static List<String> ids(ListTrainingJobsResponse page) {
        return page.getJobsList().stream().map(TrainingJob::getId).toList();
    }
}
