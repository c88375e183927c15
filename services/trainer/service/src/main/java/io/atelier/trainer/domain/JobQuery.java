package io.atelier.trainer.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs to list, newest first.
 *
 * @param states those in one of these; all when empty
 * @param recipe those of this recipe
 * @param owner those of this principal
 * @param after those older than this one
 * @param most how many at most
 */
public record JobQuery(
        Set<JobState> states, Optional<String> recipe, Optional<String> owner, Optional<Mark> after, int most) {
    public JobQuery {
        states = Set.copyOf(states);
    }

    /** A place in the list. */
    public record Mark(Instant createdAt, JobId id) {}
}
