package io.atelier.cli.jobs;

import io.atelier.cli.Output;
import io.atelier.proto.trainer.v1.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Goes on with one job. */
@Command(
        name = "resume",
        description = "Makes a new job that goes on from the last checkpoint of one that failed or was cancelled.")
final class JobsResumeCommand extends JobCommand {
    @Option(names = "--watch", description = "Show the new job's curve until it ends.")
    private boolean watch;

    @Override
    int call(TrainerClient client, String job, Output out) {
        TrainingJob resumed = client.resume(job);
        if (watch) {
            out.say("Job " + resumed.getId());
            return Watch.follow(client, resumed.getId(), out);
        }
        print(resumed, out);
        return 0;
    }
}
