package io.atelier.trainer.domain;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import java.util.Optional;

/**
 * The request a job answers.
 *
 * @param key names the request; two requests with one key are one
 * @param body digest of its type and body; absent for one that was cancelled before it came
 * @param entrance where it came in
 * @param source {@code ce_source}, or the principal
 * @param id {@code ce_id}, or {@code atelier-request-id}
 * @param owner whose job it is
 * @param deadline when its model is no longer wanted
 */
public record Asked(
        RequestKey key,
        Optional<Digest> body,
        Entrance entrance,
        String source,
        String id,
        String owner,
        Deadline deadline) {}
