package io.atelier.cli.image;

import picocli.CommandLine.Command;

/** Groups the verbs of the image service. */
@Command(
        name = "image",
        description = "Generates and classifies pictures, and paints photographs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GenerateCommand.class, StylizeCommand.class, ClassifyCommand.class})
public final class ImageCommand {}
