package io.atelier.trainer.runtime.process;

import io.atelier.trainer.runtime.runs.LastLines;
import io.atelier.trainer.runtime.runs.RunFolders;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a training says beside its signs: kept in its run folder up to a bound, its last lines in memory. */
final class AttemptLog {
    private static final long MOST_BYTES = 16 << 20;

    private final Path file;
    private final LastLines last = new LastLines();

    AttemptLog(Path folder) {
        this.file = folder.resolve(RunFolders.LOG);
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
                lines.lines().forEach(last::add);
            }
        } catch (IOException e) {
            // the process is gone
        }
    }

    private void keep(BufferedReader lines, BufferedWriter out) throws IOException {
        long left = MOST_BYTES;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last.add(line);
            left -= line.length();
            if (left > 0) {
                out.write(line);
                out.newLine();
                out.flush();
            }
        }
    }

    String lastLines() {
        return last.joined();
    }
}
