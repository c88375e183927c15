package io.atelier.learn.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run's metrics, one JSON object a line: step and values. Holds no times, so that equal runs give equal files. */
public final class MetricsLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    MetricsLog(Path file) {
        this.file = file;
    }

    void append(long step, Map<String, Double> values) {
        if (values.isEmpty()) {
            return;
        }
        ObjectNode line = JSON.createObjectNode().put("step", step);
        values.forEach(line::put);
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops the lines of later steps, which a resumed run will write again. */
    void forgetAfter(long step) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            List<String> kept = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (isWhole(line) && JSON.readTree(line).path("step").asLong(Long.MAX_VALUE) <= step) {
                    kept.add(line);
                }
            }
            Durable.writeFile(file, String.join("\n", kept) + (kept.isEmpty() ? "" : "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A killed run may leave half a line. */
    private static boolean isWhole(String line) {
        return line.startsWith("{") && line.endsWith("}");
    }
}
