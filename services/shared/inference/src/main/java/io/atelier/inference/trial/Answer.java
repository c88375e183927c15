package io.atelier.inference.trial;

import io.atelier.inference.OutOfMemory;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a child wrote, read as if a hostile graph had written it.
 *
 * @param limits what it had
 */
record Answer(String text, TrialLimits limits) {
    /** Words of ONNX Runtime that say where in its own code it was. */
    private static final Pattern PLACES = Pattern.compile("Error code - \\w+ - message: ?"
            + "|Non-zero status code returned while "
            + "|/onnxruntime_src/\\S+ \\S+ \\S*\\([^)]*\\) ?"
            + "|Load model from (the graph|\\S+) failed: ?");

    private static final int SHOWN = 300;

    /** The report, when the child came to its end; throws TRIAL_FAILED where it says why the graph is refused. */
    Optional<TrialReport> report(int shots) {
        List<TrialReport.Ran> runs = new ArrayList<>();
        boolean steady = true;
        boolean done = false;
        try {
            for (String line : text.lines().toList()) {
                String[] fields = line.split("\t", -1);
                if (fields.length < 2 || !fields[0].equals(Lines.CHILD)) {
                    continue;
                }
                switch (fields[1]) {
                    case Lines.REFUSED -> throw refused(reason(fields[2]));
                    case Lines.RAN -> runs.add(new TrialReport.Ran(Optional.empty(), List.of()));
                    case Lines.FAILED -> runs.add(new TrialReport.Ran(Optional.of(reason(fields[2])), List.of()));
                    case Lines.SEEN -> add(runs, seen(fields));
                    case Lines.STEADY -> steady = Boolean.parseBoolean(fields[2]);
                    case Lines.DONE -> done = true;
                    default -> throw new IllegalArgumentException(fields[1]);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // as good as none
        }
        return done && runs.size() == shots ? Optional.of(new TrialReport(runs, steady)) : Optional.empty();
    }

    private static void add(List<TrialReport.Ran> runs, Seen seen) {
        TrialReport.Ran last = runs.removeLast();
        List<Seen> outputs = new ArrayList<>(last.outputs());
        outputs.add(seen);
        runs.add(new TrialReport.Ran(last.failure(), outputs));
    }

    private static Seen seen(String[] fields) {
        return new Seen(
                fields[2],
                Boolean.parseBoolean(fields[3]),
                Lines.shape(fields[4]),
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[6]),
                Double.parseDouble(fields[7]),
                Boolean.parseBoolean(fields[8]));
    }

    private String reason(String said) {
        String plain = Lines.plain(said);
        if (OutOfMemory.isToldBy(plain)) {
            return "it needs more than " + limits.memoryMiB() + " MiB of memory; --trial-memory gives it more";
        }
        String spoken = PLACES.matcher(plain).replaceAll("").strip();
        String cut = spoken.length() <= SHOWN ? spoken : spoken.substring(0, SHOWN) + "...";
        return cut.replaceFirst("\\.+$", "");
    }

    private static RuntimeException refused(String why) {
        return Problem.of(ErrorCode.TRIAL_FAILED, "The model failed its trial: " + why + ".")
                .exception();
    }
}
