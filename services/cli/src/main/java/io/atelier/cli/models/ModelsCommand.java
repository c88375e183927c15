package io.atelier.cli.models;

import picocli.CommandLine.Command;

/** Groups the commands on models. */
@Command(
        name = "models",
        description = "Lists, shows, imports and promotes models.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            ImportCommand.class,
            PromoteCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            RollbackCommand.class
        })
public final class ModelsCommand {}
