package io.atelier.oip;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;

/**
 * What is known of who asks.
 *
 * @param entrance where the request came in, as a meter's label
 * @param client whose turn it is; clients that wait share the sessions evenly
 * @param deadline until when the answer is wanted
 * @param cancellation cancelled when the caller is gone
 */
public record Caller(String entrance, String client, Deadline deadline, Cancellation cancellation) {}
