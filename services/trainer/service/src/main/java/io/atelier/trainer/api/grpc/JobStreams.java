package io.atelier.trainer.api.grpc;

import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.StreamWriter;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.proto.trainer.v1.WatchTrainingJobRequest;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import io.atelier.trainer.api.JobMessages;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Trainings;
import io.atelier.trainer.domain.Watching;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The streams of those who watch jobs: bounded in number, each no faster than its client reads. */
public final class JobStreams {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Trainings trainings;
    private final JobMessages messages;
    private final Calls watchers;
    private final Duration stall;

    /**
     * @param watchers bounds how many watch at once
     * @param stall how long a client may read nothing
     */
    public JobStreams(Trainings trainings, JobMessages messages, Calls watchers, Duration stall) {
        this.trainings = trainings;
        this.messages = messages;
        this.watchers = watchers;
        this.stall = stall;
    }

    /** Ends the streams when the service stops; their clients watch on elsewhere, from the step they have seen. */
    public void end() {
        watchers.refuseMore();
    }

    void run(
            CallInfo call,
            WatchTrainingJobRequest request,
            StreamWriter<WatchTrainingJobResponse> out,
            Cancellation cancellation) {
        watchers.run(call, out::fail, () -> {
            JobId id = JobId.parse(request.getId());
            Watching watching = new Watching(trainings, id, request.hasAfterStep() ? request.getAfterStep() : -1);
            Watching.News news = watching.look();
            send(news, out);
            while (!news.ended()) {
                if (!news.more()) {
                    pause();
                }
                cancellation.check();
                if (watchers.draining()) {
                    throw Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping; watch again.")
                            .exception();
                }
                news = watching.look();
                send(news, out);
            }
            out.finish();
        });
    }

    private void send(Watching.News news, StreamWriter<WatchTrainingJobResponse> out) {
        if (!news.ended()) {
            news.job().ifPresent(job -> out.send(message(JobMessages.of(job)), stall));
        }
        for (Report point : news.points()) {
            out.send(
                    WatchTrainingJobResponse.newBuilder()
                            .setPoint(messages.of(point))
                            .build(),
                    stall);
        }
        if (news.ended()) {
            news.job().ifPresent(job -> out.send(message(JobMessages.of(job)), stall)); // the end comes last
        }
    }

    private static WatchTrainingJobResponse message(io.atelier.proto.trainer.v1.TrainingJob job) {
        return WatchTrainingJobResponse.newBuilder().setJob(job).build();
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping.")
                    .exception(e);
        }
    }
}
