package io.atelier.cli.jobs;

import io.atelier.cli.Output;
import io.atelier.cli.TargetOption;
import io.atelier.proto.trainer.v1.TrainingJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the commands on one job share. */
@SuppressWarnings("NullAway.Init") // picocli fills what is required
abstract class JobCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job's id; see jobs list.")
    private String id;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        try (TrainerClient client = new TrainerClient(target.channel("trainer"))) {
            return call(client, id, output);
        }
    }

    abstract int call(TrainerClient client, String job, Output out);

    static void print(TrainingJob job, Output out) {
        out.result(out.isJson() ? Watch.json(job) : JobText.line(job));
    }
}
