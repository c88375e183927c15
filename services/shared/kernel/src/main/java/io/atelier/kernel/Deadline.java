package io.atelier.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The moment by which an answer is worth having. Immutable; a hop hands on what is left of it.
 *
 * @param at the moment, or {@link Instant#MAX} for never
 */
public record Deadline(Instant at) {
    public static final Deadline NEVER = new Deadline(Instant.MAX);

    public static Deadline after(Duration duration, InstantSource clock) {
        return new Deadline(clock.instant().plus(duration));
    }

    public static Deadline of(Optional<Instant> at) {
        return at.map(Deadline::new).orElse(NEVER);
    }

    public Deadline earlier(Deadline other) {
        return at.isBefore(other.at) ? this : other;
    }

    public boolean isNever() {
        return at.equals(Instant.MAX);
    }

    public boolean expired(InstantSource clock) {
        return !isNever() && !clock.instant().isBefore(at);
    }

    /** What is left, never negative; 365 days when there is no deadline. */
    public Duration remaining(InstantSource clock) {
        if (isNever()) {
            return Duration.ofDays(365);
        }
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
