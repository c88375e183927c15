package io.atelier.cli.jobs;

import io.atelier.cli.CommandException;
import io.atelier.cli.Output;
import io.atelier.cli.TargetOption;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(name = "list", description = "Lists jobs, newest first.")
final class JobsListCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    @Option(
            names = "--in",
            split = ",",
            paramLabel = "STATE",
            description = "Only jobs in these states: queued, running, evaluating, publishing, succeeded, failed,"
                    + " cancelled.")
    private List<String> states = List.of();

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "", description = "Only jobs of this recipe.")
    private String recipe = "";

    @Option(names = "--owner", paramLabel = "NAME", defaultValue = "", description = "Only jobs of this owner.")
    private String owner = "";

    @Option(names = "--most", defaultValue = "50", description = "At most so many (default: 50).")
    private int most;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (most < 1 || most > MOST) {
            throw CommandException.usage("--most is " + most + "; it must be 1 to " + MOST + ".");
        }
        ListTrainingJobsRequest filter = ListTrainingJobsRequest.newBuilder()
                .addAllStates(states.stream().map(JobsListCommand::state).toList())
                .setRecipe(recipe)
                .setOwner(owner)
                .build();
        try (TrainerClient client = new TrainerClient(target.channel("trainer"))) {
            print(client.list(filter, most));
        }
        return 0;
    }

    private static TrainingState state(String name) {
        try {
            return JobText.state(name);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--in names " + name
                    + "; a job is queued, running, evaluating, publishing, succeeded, failed or cancelled.");
        }
    }

    private void print(List<TrainingJob> jobs) {
        if (output.isJson()) {
            output.result(jobs.stream().map(Watch::json).collect(Collectors.joining(",\n", "{\"jobs\":[", "]}")));
            return;
        }
        jobs.forEach(job -> output.result(JobText.line(job)));
        if (jobs.isEmpty()) {
            output.say("There are no such jobs.");
        }
    }
}
