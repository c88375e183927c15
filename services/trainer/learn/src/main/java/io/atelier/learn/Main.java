package io.atelier.learn;

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
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> Ending.of(e, command.getErr()).exit());
    }
}
