package io.atelier.endpoints.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.artifacts.StoredOutcome.Kind;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.Work;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.models.ModelTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMetersTest {
    private static final RunContext CONTEXT = new RunContext(
            RequestKey.of("image", Entrance.KAFKA, "/shop", "42"),
            "42",
            "/shop",
            Deadline.NEVER,
            new Cancellation(),
            ProgressListener.NONE);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestMeters meters = new RequestMeters(registry);

    @Test
    void requestThatNobodyKeepsIsCountedUnderItsEntrance() {
        meters.once("image", "oip-rest").ended(Kind.FAILED);
        Counter counter = registry.get("atelier.outcomes")
                .tags("kind", "image", "task", "none", "model", "none", "entrance", "oip-rest", "outcome", "failed")
                .counter();
        assertThat(counter.count()).isEqualTo(1);
        assertThat(registry.get("atelier.request").timer().count()).isEqualTo(1);
    }

    @Test
    void requestThatIsTriedAgainCountsOnceByHowItEnds() {
        Deque<ErrorCode> failures = new ArrayDeque<>(List.of(ErrorCode.OVERLOADED, ErrorCode.MODEL_NOT_READY));
        Work work = meters.measured(ModelTask.IMAGE_CLASSIFY, Entrance.KAFKA, (context, served) -> {
            if (!failures.isEmpty()) {
                throw Problem.of(failures.pop(), "Not yet.").exception();
            }
            return new WorkResult(new byte[0], List.of());
        });
        assertThatThrownBy(() -> work.run(CONTEXT)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> work.run(CONTEXT)).isInstanceOf(ProblemException.class);
        work.run(CONTEXT);
        assertThat(registry.find("atelier.outcomes").counters()).isEmpty();
        work.ended(Kind.COMPLETED);

        assertThat(outcomes("completed")).isEqualTo(1);
        assertThat(registry.find("atelier.outcomes").counters()).hasSize(1);
        assertThat(registry.find("atelier.request").timers())
                .singleElement()
                .extracting(Timer::count)
                .isEqualTo(1L);
    }

    @Test
    void requestThatIsNeverWorkedOnCountsWithoutATime() {
        meters.measured(ModelTask.IMAGE_CLASSIFY, Entrance.GRPC, (context, served) -> {
                    throw new AssertionError("worked on");
                })
                .ended(Kind.CANCELLED);

        assertThat(outcomes("cancelled")).isEqualTo(1);
        assertThat(registry.find("atelier.request").timers()).isEmpty();
    }

    private double outcomes(String outcome) {
        return registry.find("atelier.outcomes").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
