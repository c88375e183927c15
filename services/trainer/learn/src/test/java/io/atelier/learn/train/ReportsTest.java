package io.atelier.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();
    private final Reports reports = new Reports(new PrintStream(out, false, StandardCharsets.UTF_8), stop);

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eventIsALineThatIsThereBeforeTheTrainingGoesOn() {
        reports.on(new TrainingEvent.Point(4, 9, Map.of("loss", 0.5), Optional.of(Path.of("/runs/é.png"))));
        assertThat(lines())
                .containsExactly(
                        "{\"type\":\"point\",\"step\":4,\"steps\":9,\"metrics\":{\"loss\":0.5},\"sample\":\"/runs/é.png\"}");
        reports.on(new TrainingEvent.Published("m@1", false, Optional.of("it is worse"), Map.of()));
        assertThat(lines().getLast())
                .isEqualTo("{\"type\":\"published\",\"model\":\"m@1\",\"promoted\":false,"
                        + "\"not_promoted_because\":\"it is worse\",\"metrics\":{}}");
        assertThat(stop.requested()).isFalse();
    }

    @Test
    void whatIsForPeopleAloneIsNoLine() {
        reports.note("hello");
        reports.on(new TrainingEvent.Trained(9, false));
        assertThat(lines()).isEmpty();
    }

    @Test
    void figureThatIsNoNumberIsLeftOut() {
        reports.on(new TrainingEvent.Evaluated(Map.of("ratio", Double.NaN)));
        assertThat(lines()).containsExactly("{\"type\":\"evaluated\",\"metrics\":{}}");
    }

    @Test
    void progressIsToldWithTheFirstStepAndNotWithEveryOne() {
        reports.on(new TrainingEvent.Started(0, 1000, "cpu", 1));
        for (int step = 1; step <= 1000; step++) {
            reports.on(new TrainingEvent.Stepped(step, 1000, Map.of()));
        }
        assertThat(lines()).hasSizeBetween(2, 100);
        assertThat(lines().get(1)).startsWith("{\"type\":\"progress\",\"step\":1,\"steps\":1000,\"steps_per_s\":");
    }

    @Test
    void failureNamesCodeAndFieldAndEveryViolationWhereThereAreSeveral() {
        Problem one = Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, "a", "1..2", "A is 3.");
        reports.on(new TrainingEvent.Failed(one));
        assertThat(lines())
                .containsExactly(
                        "{\"type\":\"failed\",\"code\":\"ATELIER-REQUEST-0002\",\"field\":\"a\",\"message\":\"A is 3.\"}");
        Problem other = Problem.field(ErrorCode.UNKNOWN_FIELD, "b", "a", "No b.");
        reports.on(new TrainingEvent.Failed(Problem.all(List.of(one, other))));
        assertThat(lines().getLast())
                .endsWith("\"violations\":[{\"code\":\"ATELIER-REQUEST-0002\",\"field\":\"a\",\"message\":\"A is 3.\"},"
                        + "{\"code\":\"ATELIER-REQUEST-0003\",\"field\":\"b\",\"message\":\"No b.\"}]}");
    }

    @Test
    void readerThatHasGoneAsksForAStop() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        new Reports(new PrintStream(gone, false, StandardCharsets.UTF_8), stop).on(new TrainingEvent.Evaluating());
        assertThat(stop.requested()).isTrue();
    }
}
