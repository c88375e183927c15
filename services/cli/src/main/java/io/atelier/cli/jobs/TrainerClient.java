package io.atelier.cli.jobs;

import io.atelier.proto.trainer.v1.CancelTrainingJobRequest;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import io.atelier.proto.trainer.v1.GetTrainingJobRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsResponse;
import io.atelier.proto.trainer.v1.ResumeTrainingJobRequest;
import io.atelier.proto.trainer.v1.TrainerServiceGrpc;
import io.atelier.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.WatchTrainingJobRequest;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls a trainer. Failures come as gRPC statuses; an interrupt ends a call and nothing else. */
public final class TrainerClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration BEFORE_WATCHING_AGAIN = Duration.ofSeconds(1);
    private static final int WATCHES_IN_VAIN = 30;
    private static final int PAGE = 200;

    private final ManagedChannel channel;

    /** Closing shuts the channel down. */
    public TrainerClient(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Takes what a watched job tells. */
    public interface Watcher {

        /** A point of the curve, or the job's state; each point once, however often the stream had to be opened anew. */
        void heard(WatchTrainingJobResponse message);

        /** The trainer cannot be reached; it is tried again. */
        void lost(Status why);
    }

    public TrainingJob create(CreateTrainingJobRequest request) {
        return stub().createTrainingJob(request).getJob();
    }

    public TrainingJob get(String id) {
        return stub().getTrainingJob(
                        GetTrainingJobRequest.newBuilder().setId(id).build())
                .getJob();
    }

    public TrainingJob cancel(String id) {
        return stub().cancelTrainingJob(
                        CancelTrainingJobRequest.newBuilder().setId(id).build())
                .getJob();
    }

    public TrainingJob resume(String id) {
        return stub().resumeTrainingJob(
                        ResumeTrainingJobRequest.newBuilder().setId(id).build())
                .getJob();
    }

    /** The newest jobs that fit, at most so many. */
    public List<TrainingJob> list(ListTrainingJobsRequest filter, int most) {
        List<TrainingJob> jobs = new ArrayList<>();
        String token = "";
        do {
            ListTrainingJobsResponse page = stub().listTrainingJobs(filter.toBuilder()
                    .setPageSize(Math.min(PAGE, most - jobs.size()))
                    .setPageToken(token)
                    .build());
            jobs.addAll(page.getJobsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty() && jobs.size() < most);
        return jobs;
    }

    /** Follows a job to its end and answers how it ended; a trainer that restarts meanwhile is waited for. */
    public TrainingJob watch(String id, Watcher watcher) throws InterruptedException {
        long seen = -1;
        TrainingJob last = TrainingJob.getDefaultInstance();
        int vain = 0;
        while (true) {
            try {
                Iterator<WatchTrainingJobResponse> stream = TrainerServiceGrpc.newBlockingStub(channel)
                        .watchTrainingJob(WatchTrainingJobRequest.newBuilder()
                                .setId(id)
                                .setAfterStep(seen)
                                .build());
                while (stream.hasNext()) {
                    WatchTrainingJobResponse message = stream.next();
                    vain = 0;
                    seen = message.hasPoint() ? message.getPoint().getStep() : seen;
                    last = message.hasJob() ? message.getJob() : last;
                    watcher.heard(message);
                }
                return last;
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || ++vain > WATCHES_IN_VAIN) {
                    throw e;
                }
                watcher.lost(e.getStatus());
                TimeUnit.NANOSECONDS.sleep(BEFORE_WATCHING_AGAIN.toNanos());
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private TrainerServiceBlockingStub stub() {
        return TrainerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
