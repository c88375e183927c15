package io.atelier.inference.trial;

import java.util.List;

/**
 * One run of a trial.
 *
 * @param name what it tries, for messages; no control characters
 * @param feeds every input of the graph once
 */
public record Shot(String name, List<Feed> feeds) {
    public Shot {
        feeds = List.copyOf(feeds);
    }
}
