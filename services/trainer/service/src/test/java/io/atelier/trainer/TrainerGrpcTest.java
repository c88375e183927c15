package io.atelier.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.trainer.v1.CancelTrainingJobRequest;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.GetTrainingJobRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsResponse;
import io.atelier.proto.trainer.v1.TrainerServiceGrpc;
import io.atelier.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Ledger;
import io.atelier.trainer.domain.Order;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trainer's calls on a real ledger; what trains is tested with the real training program elsewhere. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TrainerDatabase.class)
class TrainerGrpcTest {
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class))
            .usePlaintext()
            .build();

    @Inject
    Ledger ledger;

    @Inject
    DataSource source;

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void jobsAreListedNewestFirstPageByPageAndFiltered() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(add("page-" + i, i % 2 == 0 ? "paged" : "other").id().toString());
        }
        ListTrainingJobsRequest.Builder all = ListTrainingJobsRequest.newBuilder()
                .setOwner("lister")
                .setPageSize(2)
                .addStates(TrainingState.TRAINING_STATE_QUEUED)
                .addStates(TrainingState.TRAINING_STATE_CANCELLED)
                .addStates(TrainingState.TRAINING_STATE_RUNNING)
                .addStates(TrainingState.TRAINING_STATE_FAILED);
        List<String> listed = new ArrayList<>();
        String token = "";
        do {
            ListTrainingJobsResponse page =
                    stub().listTrainingJobs(all.setPageToken(token).build());
            assertThat(page.getJobsCount()).isLessThanOrEqualTo(2);
            page.getJobsList().forEach(job -> listed.add(job.getId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(listed).isEqualTo(made.reversed());

        assertThat(stub().listTrainingJobs(ListTrainingJobsRequest.newBuilder()
                                .setRecipe("paged")
                                .build())
                        .getJobsList())
                .hasSize(3);
    }

    /** Else a replica that is frozen within a transaction holds its job's row, and no other takes the job over. */
    @Test
    void databaseEndsATransactionThatStandsStill() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("show idle_in_transaction_session_timeout")) {
            assertThat(found.next()).isTrue();
            assertThat(found.getString(1)).isEqualTo("10s");
        }
    }

    @Test
    void cancelledJobStaysCancelled() {
        String id = add("cancel-me", "any").id().toString();
        TrainingJob cancelled = stub().cancelTrainingJob(
                        CancelTrainingJobRequest.newBuilder().setId(id).build())
                .getJob();
        assertThat(cancelled.getState()).isEqualTo(TrainingState.TRAINING_STATE_CANCELLED);
        assertThat(stub().getTrainingJob(
                                GetTrainingJobRequest.newBuilder().setId(id).build())
                        .getJob())
                .isEqualTo(cancelled);
    }

    @Test
    void whatIsNotThereOrNoIdIsRefusedByName() {
        assertRefused(
                Status.Code.NOT_FOUND,
                "ATELIER-TRAINING-0001",
                () -> stub().getTrainingJob(GetTrainingJobRequest.newBuilder()
                        .setId("00000000-0000-0000-0000-000000000000")
                        .build()));
        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                "ATELIER-REQUEST-0007",
                () -> stub().getTrainingJob(GetTrainingJobRequest.newBuilder()
                        .setId("../../etc")
                        .build()));
        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                "ATELIER-REQUEST-0002",
                () -> stub().listTrainingJobs(ListTrainingJobsRequest.newBuilder()
                        .setPageSize(1001)
                        .build()));
        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                "ATELIER-REQUEST-0007",
                () -> stub().listTrainingJobs(ListTrainingJobsRequest.newBuilder()
                        .setPageToken("x_y")
                        .build()));
        assertRefused(
                Status.Code.INVALID_ARGUMENT,
                "ATELIER-REQUEST-0001",
                () -> stub().createTrainingJob(CreateTrainingJobRequest.getDefaultInstance()));
    }

    @Test
    void programThatTellsNoRecipesIsAFaultOfTheInstallationAndNotOfTheOrder() {
        assertRefused(
                Status.Code.INTERNAL,
                "ATELIER-TRAINING-0014",
                () -> stub().createTrainingJob(CreateTrainingJobRequest.newBuilder()
                        .setRecipe("gan-fashion")
                        .setData("/data")
                        .build()));
    }

    private static void assertRefused(Status.Code code, String reason, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(code);
            assertThat(e.getStatus().getDescription()).startsWith(reason);
        });
    }

    private Job add(String id, String recipe) {
        Asked asked = new Asked(
                RequestKey.of("training", Entrance.GRPC, "lister", id),
                Optional.of(Digest.of(id.getBytes(StandardCharsets.UTF_8))),
                Entrance.GRPC,
                "lister",
                id,
                "lister",
                Deadline.NEVER);
        return ledger.add(asked, new Order(recipe, "/data", Map.of(), OptionalLong.empty(), Optional.empty()));
    }

    private TrainerServiceBlockingStub stub() {
        return TrainerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }
}
