package io.atelier.cli;

import java.io.Console;
import java.io.PrintStream;

/** Shows how far something has come: a bar on a terminal, a line now and then elsewhere. On standard error. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;

    private final String what;
    private final boolean terminal;
    private final PrintStream err;
    private int shown = -1;

    public ProgressBar(String what) {
        this(what, isTerminal(), System.err);
    }

    ProgressBar(String what, boolean terminal, PrintStream err) {
        this.what = what;
        this.terminal = terminal;
        this.err = err;
    }

    public void show(int done, int total) {
        if (terminal) {
            int filled = total == 0 ? 0 : WIDTH * done / total;
            err.printf("\r%s [%s%s] %d/%d", what, "#".repeat(filled), "-".repeat(WIDTH - filled), done, total);
            shown = done;
        } else if (done != shown) {
            err.println(what + ": " + done + " of " + total);
            shown = done;
        }
        err.flush();
    }

    @Override
    public void close() {
        if (terminal && shown >= 0) {
            err.println();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 never answer null, but JDK 25 does again
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
