package io.atelier.kit.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.WorkStore;
import io.atelier.kernel.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link io.atelier.artifacts.OutcomeStore} promises. An implementation's test says how one is opened. */
public abstract class OutcomeStoreContract extends WorkStoreTests {

    protected OutcomeStoreContract() {
        super(Instant.now());
    }

    @Test
    public void outcomeComesBackWhole() {
        StoredOutcome outcome = Works.outcome("r1", "data \u00e9", clock.instant(), Digest.of(new byte[] {3}));
        assertThat(store.outcomes().putIfAbsent(outcome)).isSameAs(outcome);
        try (WorkStore other = openAgain()) {
            StoredOutcome found = other.outcomes().find(outcome.key()).orElseThrow();
            assertThat(found).usingRecursiveComparison().isEqualTo(outcome);
            assertThat(other.outcomes().find(Works.key("r2"))).isEmpty();
        }
    }

    @Test
    public void cancelledOutcomeWithoutBodyComesBack() {
        StoredOutcome cancelled = new StoredOutcome(
                Works.key("c"),
                StoredOutcome.Kind.CANCELLED,
                "c",
                "test",
                Optional.empty(),
                Map.of(),
                new byte[0],
                List.of(),
                clock.instant());
        store.outcomes().putIfAbsent(cancelled);
        assertThat(store.outcomes().find(cancelled.key()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(cancelled);
    }

    @Test
    public void secondOutcomeMeetsTheFirst() {
        store.outcomes().putIfAbsent(Works.outcome("r1", "first", clock.instant()));
        StoredOutcome stored = store.outcomes().putIfAbsent(Works.outcome("r1", "second", clock.instant()));
        assertThat(Works.text(stored)).isEqualTo("first");
    }

    @Test
    public void exactlyOneOfManyConcurrentWritersWins() {
        try (WorkStore other = openAgain()) {
            for (int round = 0; round < 8; round++) {
                String id = "round" + round;
                List<CompletableFuture<String>> writers = IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                            WorkStore one = i % 2 == 0 ? store : other;
                            return Works.text(
                                    one.outcomes().putIfAbsent(Works.outcome(id, "writer" + i, clock.instant())));
                        }))
                        .toList();
                Set<String> seen = writers.stream().map(CompletableFuture::join).collect(Collectors.toSet());
                assertThat(seen).hasSize(1);
                assertThat(Works.text(store.outcomes().find(Works.key(id)).orElseThrow()))
                        .isEqualTo(seen.iterator().next());
            }
        }
    }
}
