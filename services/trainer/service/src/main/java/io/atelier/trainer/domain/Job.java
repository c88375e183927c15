package io.atelier.trainer.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A training as the ledger has it.
 *
 * @param id its id
 * @param asked the request it answers
 * @param order what is to be trained
 * @param state where it stands
 * @param latest the last report
 * @param pace how fast it goes, while it trains
 * @param evaluation what was measured of the trained model
 * @param takenVersion the number under which it publishes, once it has taken one
 * @param model what it has published
 * @param failure why it failed
 * @param createdAt when it was asked for
 * @param changedAt when its state last changed
 */
public record Job(
        JobId id,
        Asked asked,
        Order order,
        JobState state,
        Report latest,
        Optional<Pace> pace,
        Map<String, Double> evaluation,
        OptionalLong takenVersion,
        Optional<Published> model,
        Optional<Failure> failure,
        Instant createdAt,
        Instant changedAt) {
    public Job {
        evaluation = Map.copyOf(evaluation);
    }
}
