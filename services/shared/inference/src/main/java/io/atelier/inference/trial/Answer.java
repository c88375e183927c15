package io.atelier.inference.trial;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a child wrote, read as if a hostile graph had written it. */
record Answer(String text) {

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
                    case Lines.REFUSED -> throw refused(fields[2]);
                    case Lines.RAN -> runs.add(new TrialReport.Ran(Optional.empty(), List.of()));
                    case Lines.FAILED -> runs.add(new TrialReport.Ran(Optional.of(Lines.plain(fields[2])), List.of()));
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

    private static RuntimeException refused(String why) {
        return Problem.of(ErrorCode.TRIAL_FAILED, "The model failed its trial: " + Lines.plain(why) + ".")
                .exception();
    }
}
