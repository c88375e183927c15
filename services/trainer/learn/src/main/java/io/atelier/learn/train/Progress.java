package io.atelier.learn.train;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows how a training goes: on a terminal one line that is rewritten, elsewhere a plain line every ten seconds; losses,
 * steps per second, time to go. Writes nothing else to its stream.
 */
public final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long TERMINAL_MILLIS = 200;
    private static final long PLAIN_MILLIS = 10_000;
    private static final double SMOOTHING = 0.98;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private long total;
    private long shownAt;
    private long startedAt;
    private long startStep;
    private long lastStep;
    private double secondsPerStep;
    private long lastStepAt;

    public Progress(PrintStream out, boolean terminal, String what) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
    }

    /** On standard error, as a terminal where there is one. */
    @SuppressWarnings("SystemConsoleNull") // NullAway knows only the old contract
    public static Progress onConsole(String what) {
        Console console = System.console();
        return new Progress(System.err, console != null && console.isTerminal(), what);
    }

    void start(long step, long steps) {
        total = steps;
        startStep = step;
        lastStep = step;
        startedAt = System.nanoTime();
        lastStepAt = startedAt;
        secondsPerStep = 0;
        note(step == 0 ? what + ": " + steps + " steps" : what + ": resumes after step " + step + " of " + steps);
    }

    void step(long done, Map<String, Double> losses) {
        long now = System.nanoTime();
        double seconds = (now - lastStepAt) / 1e9;
        secondsPerStep = secondsPerStep == 0 ? seconds : SMOOTHING * secondsPerStep + (1 - SMOOTHING) * seconds;
        lastStepAt = now;
        lastStep = done;
        long millis = now / 1_000_000;
        if (millis - shownAt < (terminal ? TERMINAL_MILLIS : PLAIN_MILLIS)) {
            return;
        }
        shownAt = millis;
        String line = String.format(
                Locale.ROOT,
                "%s %d/%d  %s  %.1f steps/s  ETA %s",
                what,
                done,
                total,
                text(losses),
                1 / secondsPerStep,
                clock((total - done) * secondsPerStep));
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** Prints a line that stays. */
    public void note(String line) {
        out.println(terminal ? CLEAR_LINE + line : line);
    }

    void end(String how) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        long steps = lastStep - startStep;
        note(String.format(
                Locale.ROOT,
                "%s: %s (%d steps in %s, %.1f steps/s)",
                what,
                how,
                steps,
                clock(seconds),
                steps / seconds));
    }

    static String text(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.4g", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    private static String clock(double seconds) {
        Duration left = Duration.ofSeconds(Math.round(seconds));
        return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
