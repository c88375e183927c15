package io.atelier.cli.jobs;

import io.atelier.cli.Output;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import picocli.CommandLine.Command;

/** Cancels one job. */
@Command(name = "cancel", description = "Cancels a job; what it has trained so far can be resumed.")
final class JobsCancelCommand extends JobCommand {
    @Override
    int call(TrainerClient client, String job, Output out) {
        TrainingJob now = client.cancel(job);
        print(now, out);
        if (now.getState() != TrainingState.TRAINING_STATE_CANCELLED) {
            out.say("The job is past cancelling: it is " + JobText.state(now) + ".");
            return 1;
        }
        return 0;
    }
}
