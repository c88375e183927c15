package io.atelier.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps what a service says: in a file of at most 16 MiB and its predecessor, its last lines in memory, and line by line
 * with the service's name before it for the console.
 */
final class ServiceLog {
    private static final long FILE_BYTES = 16 << 20;
    private static final int LAST_LINES = 20;

    private final String name;
    private final Path file;
    private final Consumer<String> console;
    private final Deque<String> last = new ArrayDeque<>();

    ServiceLog(String name, Path folder, Consumer<String> console) {
        this.name = name;
        this.file = folder.resolve(name + ".log");
        this.console = console;
    }

    Path file() {
        return file;
    }

    /** Takes all a process says, until it ends. */
    void follow(InputStream said) throws IOException {
        OutputStream out = open();
        long size = Files.size(file);
        forget();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
                if (size + bytes.length > FILE_BYTES) {
                    out.close();
                    Files.move(file, file.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
                    out = open();
                    size = 0;
                }
                out.write(bytes);
                size += bytes.length;
                remember(line);
                console.accept(name + " | " + line);
            }
        } finally {
            out.close();
        }
    }

    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    private synchronized void forget() {
        last.clear();
    }

    private synchronized void remember(String line) {
        if (last.size() == LAST_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
    }

    private OutputStream open() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
