package io.atelier.cli;

/** Why a command cannot do what it was asked; the message is a sentence for its user. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** It was tried and failed: exit code 1. */
    public static CommandException failed(String message) {
        return new CommandException(1, message);
    }

    /** It was asked wrongly: exit code 2. */
    public static CommandException usage(String message) {
        return new CommandException(2, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
