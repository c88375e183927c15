package io.atelier.kit.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.SweepReport;
import io.atelier.artifacts.WorkStore;
import io.atelier.kernel.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How long every store keeps things: 7 days here. An implementation's test says how one is opened. */
public abstract class RetentionContract extends WorkStoreTests {
    private static final Duration DAY = Duration.ofDays(1);

    private final Duration longer;

    /**
     * Tells how much longer than promised this implementation may keep an artifact, and when the tests' time begins: a
     * year ago where the implementation dates what it keeps itself, now where a store elsewhere does.
     */
    protected RetentionContract(Duration longer, Instant begin) {
        super(begin);
        this.longer = longer;
    }

    @Test
    public void unnamedArtifactIsKeptSevenDaysAfterItsLastPut() {
        ArtifactInfo info = store.artifacts().put(Works.text("input"));
        clock.pass(DAY.multipliedBy(6));
        store.sweep();
        store.artifacts().put(Works.text("input")); // renews
        clock.pass(DAY.multipliedBy(6));
        store.sweep();
        assertThat(store.artifacts().find(info.id())).isPresent();
        clock.pass(DAY.multipliedBy(2).plus(longer));
        assertThat(store.sweep()).contains(new SweepReport(0, 1, 0));
        assertThat(store.artifacts().find(info.id())).isEmpty();
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    public void artifactIsKeptAsLongAsAnOutcomeNamesIt() {
        ArtifactInfo info = store.artifacts().put(Works.work("named"));
        store.artifacts().put(Works.work("unnamed"));
        clock.pass(DAY.multipliedBy(5));
        store.outcomes().putIfAbsent(Works.outcome("r1", "done", clock.instant(), info.id()));
        clock.pass(DAY.multipliedBy(6));
        assertThat(store.sweep()).contains(new SweepReport(0, 1, 5));
        assertThat(store.artifacts().read(info.id(), 5)).asString().isEqualTo("named");
        clock.pass(DAY.multipliedBy(2).plus(longer));
        assertThat(store.sweep()).contains(new SweepReport(1, 1, 0));
        assertThat(store.artifacts().find(info.id())).isEmpty();
        assertThat(store.outcomes().find(Works.key("r1"))).isEmpty();
    }

    @Test
    public void outcomeIsNeverLeftWithoutItsArtifacts() {
        Digest id = store.artifacts().put(Works.work("work")).id();
        store.outcomes().putIfAbsent(Works.outcome("old", "done", clock.instant(), id));
        clock.pass(DAY.multipliedBy(4));
        store.outcomes().putIfAbsent(Works.outcome("young", "done", clock.instant(), id));
        clock.pass(DAY.multipliedBy(4));
        assertThat(store.sweep()).contains(new SweepReport(1, 0, 4));
        assertThat(store.outcomes().find(Works.key("young"))).isPresent();
        assertThat(store.artifacts().find(id)).isPresent();
    }

    @Test
    public void artifactThatIsLongDueIsPutAnewByAnOutcomeThatNamesIt() {
        Digest id = store.artifacts().put(Works.work("work")).id();
        clock.pass(DAY.multipliedBy(30));
        store.outcomes().putIfAbsent(Works.outcome("late", "done", clock.instant(), id));
        assertThat(store.sweep()).contains(new SweepReport(0, 0, 4));
        assertThat(store.artifacts().read(id, 4)).asString().isEqualTo("work");
        assertThat(store.artifacts().find(id).orElseThrow().provenance()).contains(Works.provenance());
    }

    @Test
    public void sweepNeverTakesWhatAPutRenewedMeanwhile() {
        List<Digest> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(store.artifacts().put(Works.work("work" + i)).id());
        }
        try (WorkStore other = openAgain()) {
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> sweeping = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    other.sweep();
                }
            });
            for (int round = 0; round < 4; round++) {
                clock.pass(DAY.multipliedBy(12)); // all are due, until they are put again
                for (int i = 0; i < 8; i++) {
                    store.artifacts().put(Works.work("work" + i));
                    assertThat(store.artifacts().read(ids.get(i), 5)).asString().isEqualTo("work" + i);
                }
            }
            enough.set(true);
            sweeping.join();
            ids.forEach(id -> assertThat(other.artifacts().read(id, 5)).hasSize(5));
        }
        clock.pass(DAY);
        assertThat(store.sweep()).isPresent();
        ids.forEach(id -> assertThat(store.artifacts().find(id)).isPresent());
        assertThat(store.usedBytes()).isEqualTo(40);
    }

    @Test
    public void whatASweepCountedIsWhatANewProcessStartsFrom() {
        store.artifacts().put(Works.text("twelve bytes"));
        store.sweep();
        try (WorkStore other = openAgain()) {
            assertThat(other.usedBytes()).isEqualTo(12);
        }
    }
}
