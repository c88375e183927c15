package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kit.Event;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What may pass is tried again, on time (P4, P5). */
@QuarkusTest
class RetriesTest extends DeliveryFixture {
    @Test
    void noWorkStartsOnASpentBudget() {
        String id = fresh();
        send(id, Map.of("ce_expirytime", "2020-01-01T00:00:00Z"), "{\"script\":\"late-" + id + "\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.text()).contains("DEADLINE_EXCEEDED");
        assertThat(handler.runs("late-" + id)).isZero();
    }

    @Test
    void workEndsWhenItsTimeRunsOut() {
        String id = fresh();
        handler.script("slow-" + id, ScriptedHandler::untilCancelled);
        send(id, Map.of("ce_expirytime", Instant.now().plusMillis(700).toString()), "{\"script\":\"slow-" + id + "\"}");
        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains(ErrorCode.DEADLINE.id());
        assertThat(handler.runs("slow-" + id)).isOne();
    }

    @Test
    void whatMayPassIsRetriedUntilItSucceeds() {
        String id = fresh();
        AtomicInteger calls = new AtomicInteger();
        handler.script("busy-" + id, context -> {
            if (calls.incrementAndGet() < 4) {
                throw Problem.of(ErrorCode.OVERLOADED, "Full.").exception();
            }
            return ScriptedHandler.echo(context, "at last");
        });
        send(id, Map.of(), "{\"script\":\"busy-" + id + "\"}");
        Event event = probe.awaitOne(SOON, answers(id));
        assertThat(event.text()).contains("at last");
        assertThat(calls).hasValue(4);
        assertThat(handler.endings("busy-" + id)).containsExactly(StoredOutcome.Kind.COMPLETED);
        send(id, Map.of(), "{\"script\":\"busy-" + id + "\"}");
        assertThat(probe.await(2, SOON, answers(id))).hasSize(2);
        assertThat(handler.endings("busy-" + id)).hasSize(1);
    }

    @Test
    void retriesEndWithTheRequestsTime() {
        String id = fresh();
        handler.script("full-" + id, context -> {
            throw Problem.of(ErrorCode.OVERLOADED, "Full.").exception();
        });
        send(id, Map.of("ce_expirytime", Instant.now().plusMillis(900).toString()), "{\"script\":\"full-" + id + "\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.text())
                .contains(ErrorCode.RETRIES_EXHAUSTED.id())
                .contains("DEADLINE_EXCEEDED")
                .contains(ErrorCode.OVERLOADED.id());
    }

    @Test
    void aFaultOfOursIsTriedThreeTimesAndTellsNothingInside() {
        String id = fresh();
        handler.script("bug-" + id, context -> {
            throw new IllegalStateException("secret");
        });
        send(id, Map.of(), "{\"script\":\"bug-" + id + "\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.text()).contains(ErrorCode.INTERNAL.id()).doesNotContain("secret");
        assertThat(handler.runs("bug-" + id)).isEqualTo(3);
        assertThat(handler.endings("bug-" + id)).containsExactly(StoredOutcome.Kind.FAILED);
    }
}
