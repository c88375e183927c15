package io.atelier.cli.suite;

import io.atelier.cli.Output;
import io.atelier.cli.StateOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what this machine has and what it lacks. */
@Command(name = "doctor", description = "Tells what this machine has and lacks; ends with 1 when something is missing.")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final StateOption state = new StateOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        List<Checkup.Finding> findings = Checkup.all(state.folder());
        boolean healthy = findings.stream().noneMatch(finding -> finding.state() == Checkup.State.MISSING);
        if (output.isJson()) {
            output.document(Map.of("healthy", healthy, "findings", findings));
        } else {
            findings.forEach(finding ->
                    output.result("%-8s %-16s %s".formatted(finding.state().mark(), finding.what(), finding.found())));
            output.result(healthy ? "All there." : "Something is missing; see above.");
        }
        return healthy ? 0 : 1;
    }
}
