package io.atelier.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.cli.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    @Test
    void noRunsAndNoCallsAreRefusedBeforeAnythingStarts() {
        for (List<String> options : List.of(List.of("--runs", "0"), List.of("--calls", "-1"))) {
            Run run = Run.of("bench", options.getFirst(), options.getLast());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains(options.getFirst() + " is " + options.getLast());
        }
    }
}
