package io.atelier.cli.jobs;

import io.atelier.proto.trainer.v1.CurvePoint;
import io.atelier.proto.trainer.v1.Pace;
import io.atelier.proto.trainer.v1.TrainingJob;
import io.atelier.proto.trainer.v1.TrainingState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Jobs in words. */
final class JobText {
    private static final String PREFIX = "TRAINING_STATE_";
    private static final double MIB = 1 << 20;

    private JobText() {}

    static String state(TrainingJob job) {
        return job.getState().name().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    /** The state of a name; throws IllegalArgumentException for any other. */
    static TrainingState state(String name) {
        return TrainingState.valueOf(PREFIX + name.toUpperCase(Locale.ROOT));
    }

    /** A line for a list. */
    static String line(TrainingJob job) {
        String steps = job.getTotalSteps() == 0 ? "" : job.getStep() + "/" + job.getTotalSteps();
        return "%s  %-10s  %-14s  %14s  %s"
                .formatted(job.getId(), state(job), job.getRecipe(), steps, end(job))
                .stripTrailing();
    }

    static String point(CurvePoint point) {
        return "step %d  %s".formatted(point.getStep(), numbers(point.getMetricsMap()));
    }

    static String pace(TrainingJob job) {
        Pace pace = job.getPace();
        Duration left = Duration.ofSeconds(pace.getLeft().getSeconds());
        return "step %d of %d, %.1f steps/s, %s left, %.0f MB"
                .formatted(
                        job.getStep(),
                        job.getTotalSteps(),
                        pace.getStepsPerSecond(),
                        "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart()),
                        pace.getMemoryBytes() / MIB);
    }

    /** How it ended: the model, or why there is none. */
    static String end(TrainingJob job) {
        if (job.hasModel()) {
            return job.getModel().getName() + "@" + job.getModel().getVersion();
        }
        return job.hasFailure()
                ? job.getFailure().getCode() + ": " + job.getFailure().getMessage()
                : "";
    }

    static String numbers(Map<String, Double> numbers) {
        return new TreeMap<>(numbers)
                .entrySet().stream()
                        .map(one -> one.getKey() + " " + number(one.getValue()))
                        .collect(Collectors.joining("  "));
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return size != 0 && (size < 1e-3 || size >= 1e5) ? "%.3e".formatted(value) : "%.4f".formatted(value);
    }
}
