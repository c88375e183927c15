package io.atelier.cli.jobs;

import picocli.CommandLine.Command;

/** Training jobs. */
@Command(
        name = "jobs",
        description = "Lists, shows, watches, cancels and resumes training jobs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            JobsListCommand.class,
            JobsShowCommand.class,
            JobsWatchCommand.class,
            JobsCancelCommand.class,
            JobsResumeCommand.class
        })
public final class JobsCommand {}
