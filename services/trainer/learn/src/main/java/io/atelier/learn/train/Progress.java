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
public final class Progress implements TrainingEvents {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long TERMINAL_MILLIS = 200;
    private static final long PLAIN_MILLIS = 10_000;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final Pace pace = new Pace();
    private long shownAt;

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

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started started -> start(started);
            case TrainingEvent.Stepped stepped -> step(stepped);
            case TrainingEvent.Point point -> point(point);
            case TrainingEvent.Trained trained ->
                end(
                        trained.early()
                                ? "stopped early after step " + trained.step() + ": no better for long"
                                : "trained");
            case TrainingEvent.Stopped stopped ->
                end("stopped after step " + stopped.step() + "; --resume goes on from there");
            case TrainingEvent.Evaluating evaluating -> line("evaluating");
            case TrainingEvent.Evaluated evaluated ->
                evaluated.metrics().forEach((name, value) -> line("  %s %.4f".formatted(name, value)));
            case TrainingEvent.Published published ->
                line("published " + published.model()
                        + published
                                .notPromotedBecause()
                                .map(why -> ", not promoted: " + why)
                                .orElse(""));
            case TrainingEvent.Note note -> line(note.text());
            case TrainingEvent.Checkpointed checkpointed -> {} // too many to tell
            case TrainingEvent.Failed failed -> {} // whoever started the training tells, on this stream too
        }
    }

    private void start(TrainingEvent.Started started) {
        pace.start(started.step());
        line(
                started.step() == 0
                        ? what + ": " + started.steps() + " steps"
                        : what + ": resumes after step " + started.step() + " of " + started.steps());
    }

    private void step(TrainingEvent.Stepped stepped) {
        pace.step(stepped.step());
        long millis = System.nanoTime() / 1_000_000;
        if (millis - shownAt < (terminal ? TERMINAL_MILLIS : PLAIN_MILLIS)) {
            return;
        }
        shownAt = millis;
        String line = String.format(
                Locale.ROOT,
                "%s %d/%d  %s  %.1f steps/s  ETA %s",
                what,
                stepped.step(),
                stepped.steps(),
                text(stepped.values()),
                pace.stepsPerSecond(),
                clock(pace.secondsTo(stepped.steps())));
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** Losses come and go on the rewritten line; what was validated stays. */
    private void point(TrainingEvent.Point point) {
        if (point.metrics().keySet().stream().anyMatch(name -> name.startsWith("val_"))) {
            line("step " + point.step() + " " + text(point.metrics()));
        }
    }

    private void end(String how) {
        double seconds = pace.seconds();
        long steps = pace.stepsDone();
        line(String.format(
                Locale.ROOT,
                "%s: %s (%d steps in %s, %.1f steps/s)",
                what,
                how,
                steps,
                clock(seconds),
                steps / seconds));
    }

    private void line(String text) {
        out.println(terminal ? CLEAR_LINE + text : text);
    }

    private static String text(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.4g", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    private static String clock(double seconds) {
        Duration left = Duration.ofSeconds(Math.round(seconds));
        return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
