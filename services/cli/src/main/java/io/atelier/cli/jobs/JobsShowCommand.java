package io.atelier.cli.jobs;

import io.atelier.cli.Output;
import io.atelier.proto.trainer.v1.TrainingJob;
import picocli.CommandLine.Command;

/** Shows one job. */
@Command(name = "show", description = "Shows how a job stands.")
final class JobsShowCommand extends JobCommand {
    @Override
    int call(TrainerClient client, String job, Output out) {
        TrainingJob found = client.get(job);
        print(found, out);
        if (!out.isJson()) {
            out.result("  data " + found.getData());
            found.getSettingsMap().forEach((name, value) -> out.result("  " + name + " = " + value));
            if (found.getMetricsCount() > 0) {
                out.result("  " + JobText.numbers(found.getMetricsMap()));
            }
            if (found.getEvaluationCount() > 0) {
                out.result("  measured: " + JobText.numbers(found.getEvaluationMap()));
            }
        }
        return 0;
    }
}
