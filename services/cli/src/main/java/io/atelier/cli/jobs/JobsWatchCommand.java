package io.atelier.cli.jobs;

import io.atelier.cli.Output;
import picocli.CommandLine.Command;

/** Watches one job. */
@Command(
        name = "watch",
        description = "Shows a job's curve from its first step until it ends; Ctrl-C leaves the job running.")
final class JobsWatchCommand extends JobCommand {
    @Override
    int call(TrainerClient client, String job, Output out) {
        return Watch.follow(client, job, out);
    }
}
