package io.atelier.trainer.runtime.runs;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of what a training says beside its signs. Thread-safe. */
public final class LastLines {
    private static final int LINES = 8;
    private static final int LONGEST = 500;

    private final Deque<String> lines = new ArrayDeque<>();

    public synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
    }

    public synchronized String joined() {
        return String.join(" | ", lines);
    }
}
