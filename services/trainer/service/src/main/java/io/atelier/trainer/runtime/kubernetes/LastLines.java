package io.atelier.trainer.runtime.kubernetes;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of what a training says beside its signs. Thread-safe. */
final class LastLines {
    private static final int LINES = 8;
    private static final int LONGEST = 500;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
    }

    synchronized String joined() {
        return String.join(" | ", lines);
    }
}
