package io.atelier.cli;

import io.atelier.cli.demo.DemoCommand;
import io.atelier.cli.image.ImageCommand;
import io.atelier.cli.jobs.JobsCommand;
import io.atelier.cli.models.ModelsCommand;
import io.atelier.cli.suite.DoctorCommand;
import io.atelier.cli.suite.UpCommand;
import io.atelier.cli.train.BenchCommand;
import io.atelier.cli.train.EvalCommand;
import io.atelier.cli.train.TrainCommand;
import io.atelier.local.QuietLogs;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the {@code atelier} command. */
@Command(
        name = "atelier",
        description = "Trains generative models in Java and serves them over gRPC and Kafka.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ImageCommand.class,
            ModelsCommand.class,
            TrainCommand.class,
            JobsCommand.class,
            EvalCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    public static void main(String[] args) {
        QuietLogs.apply();
        System.exit(commandLine().execute(args));
    }

    /** The command with its way of telling failures. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> Failures.tell(failure, command.getErr()));
    }
}
