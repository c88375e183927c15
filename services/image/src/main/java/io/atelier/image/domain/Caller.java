package io.atelier.image.domain;

import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.RequestKey.Entrance;

/**
 * What a use case may know of who asks.
 *
 * @param entrance where the request came in
 * @param client whose turn it is; clients that wait share the sessions evenly
 * @param priority who goes first when a session is free
 * @param maxInlineBytes the largest input this entrance takes inside a request
 */
public record Caller(Entrance entrance, String client, Priority priority, int maxInlineBytes) {}
