package io.atelier.learn;

import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Status;
import io.atelier.learn.data.UnusableDataException;
import io.atelier.learn.train.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** Entry of the training process. */
@Command(
        name = "atelier-learn",
        description = "Trains models, evaluates them and publishes them as packages.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrainCommand.class, RecipesCommand.class, EvalCommand.class})
public final class Main {

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((e, command, parsed) -> fail(e, command));
    }

    /** A refused request is usage, anything else failed; only a bug shows its stack. */
    private static int fail(Exception e, CommandLine command) {
        switch (e) {
            case ProblemException refused -> {
                command.getErr().println(refused.getMessage());
                return refused.problem().status() == Status.INVALID_ARGUMENT ? 2 : 1;
            }
            case UnusableDataException refused -> {
                command.getErr().println(refused.getMessage());
                return 2;
            }
            case DivergedException diverged -> command.getErr().println(diverged.getMessage());
            default -> e.printStackTrace(command.getErr());
        }
        return 1;
    }
}
