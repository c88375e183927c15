package io.atelier.cli.jobs;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.atelier.cli.Output;
import io.atelier.local.StopSignal;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import io.atelier.proto.trainer.v1.WatchTrainingJobResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Shows a job's curve from its first step until the job ends. Ctrl-C ends the watching; the job goes on. */
public final class Watch implements TrainerClient.Watcher {
    private static final Duration BETWEEN_PACES = Duration.ofSeconds(10);

    private final Output output;
    private TrainingState shown = TrainingState.TRAINING_STATE_UNSPECIFIED;
    private long paceShown = System.nanoTime() - BETWEEN_PACES.toNanos();
    private boolean lost;

    private Watch(Output output) {
        this.output = output;
    }

    /** Answers the exit code: 0 when the job succeeded or is left running, else 1. */
    public static int follow(TrainerClient client, String id, Output output) {
        Context.CancellableContext call = Context.current().withCancellation();
        try (StopSignal stop = new StopSignal()) {
            TrainingJob end = call.call(() -> client.watch(id, new Watch(output)));
            if (output.isJson()) {
                output.result(json(end));
            }
            return end.getState() == TrainingState.TRAINING_STATE_SUCCEEDED ? 0 : 1;
        } catch (InterruptedException e) {
            leave(id, output);
            return 0;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.CANCELLED && Thread.interrupted()) {
                leave(id, output);
                return 0;
            }
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            call.cancel(null);
        }
    }

    private static void leave(String id, Output output) {
        output.say("The job goes on. Watch it again: ./atelier jobs watch " + id + "   stop it: ./atelier jobs cancel "
                + id);
    }

    @Override
    public void heard(WatchTrainingJobResponse message) {
        lost = false;
        if (message.hasPoint()) {
            output.say(JobText.point(message.getPoint()));
            if (message.getPoint().hasSample()) {
                output.say("  sample " + message.getPoint().getSample().getUri());
            }
        } else if (message.hasJob()) {
            tell(message.getJob());
        }
    }

    @Override
    public void lost(Status why) {
        if (!lost) {
            output.say("The trainer cannot be reached; waiting for it.");
        }
        lost = true;
    }

    private void tell(TrainingJob job) {
        if (job.getState() != shown) {
            shown = job.getState();
            output.say(JobText.state(job) + (JobText.end(job).isEmpty() ? "" : ": " + JobText.end(job)));
            if (shown == TrainingState.TRAINING_STATE_SUCCEEDED) {
                output.say("  " + JobText.numbers(job.getEvaluationMap()));
            }
        }
        long now = System.nanoTime();
        if (job.hasPace() && now - paceShown >= BETWEEN_PACES.toNanos()) {
            paceShown = now;
            output.say("  " + JobText.pace(job));
        }
    }

    static String json(TrainingJob job) {
        try {
            return JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .alwaysPrintFieldsWithNoPresence()
                    .print(job);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("only Any can fail to print, and no job has one", e);
        }
    }
}
