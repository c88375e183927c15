package io.atelier.trainer.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.Optional;
import java.util.UUID;

/** Names a job. */
public record JobId(UUID value) {

    public static JobId fresh() {
        return new JobId(UUID.randomUUID());
    }

    /** Reads an id from a request; throws MALFORMED_ID for anything but a UUID in its usual form. */
    public static JobId parse(String text) {
        return parsed(text)
                .orElseThrow(() -> Problem.field(
                                ErrorCode.MALFORMED_ID,
                                "id",
                                "a UUID",
                                "A job's id is a UUID such as 0b6ce6a4-4d0c-4b0e-8d7a-1f2e3d4c5b6a.")
                        .exception());
    }

    private static Optional<JobId> parsed(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(new JobId(uuid)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
