package io.atelier.artifacts.runs;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.RequestKey;

/**
 * What a work may know of the request it serves.
 *
 * @param key names the request; a request without a seed takes its own from here
 * @param requestId the request's id, to be named in the result
 * @param requestSource where it came from: {@code ce_source}, or the principal
 * @param deadline when the answer is no longer worth having; the cancellation strikes then too
 * @param cancellation strikes when the work is wanted no more
 * @param progress takes how far the work has come; cheap, never blocks
 */
public record RunContext(
        RequestKey key,
        String requestId,
        String requestSource,
        Deadline deadline,
        Cancellation cancellation,
        ProgressListener progress) {}
