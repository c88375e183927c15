package io.atelier.trainer.runtime.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a training says beside its signs: kept in its run folder up to a bound, its last lines in memory. */
final class AttemptLog {
    static final String NAME = "attempt.log";

    private static final long MOST_BYTES = 16 << 20;
    private static final int LAST_LINES = 8;
    private static final int LONGEST_LINE = 500;

    private final Path file;
    private final Deque<String> last = new ArrayDeque<>();

    AttemptLog(Path folder) {
        this.file = folder.resolve(NAME);
    }

    Path file() {
        return file;
    }

    /** Follows a stream to its end. Goes on reading when the disk is full: a training must not wait for its log. */
    void follow(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                keep(lines, out);
            } catch (IOException e) {
                lines.lines().forEach(this::remember);
            }
        } catch (IOException e) {
            // the process is gone
        }
    }

    private void keep(BufferedReader lines, BufferedWriter out) throws IOException {
        long left = MOST_BYTES;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            remember(line);
            left -= line.length();
            if (left > 0) {
                out.write(line);
                out.newLine();
                out.flush();
            }
        }
    }

    private synchronized void remember(String line) {
        if (last.size() == LAST_LINES) {
            last.removeFirst();
        }
        last.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
    }

    synchronized String lastLines() {
        return String.join(" | ", last);
    }
}
