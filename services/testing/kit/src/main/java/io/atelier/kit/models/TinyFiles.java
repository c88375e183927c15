package io.atelier.kit.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a tiny model's files. */
final class TinyFiles {
    private TinyFiles() {}

    static Map<String, Path> write(Path folder, String name, String file, byte[] graph) {
        try {
            Files.createDirectories(folder);
            Path onnx = Files.write(folder.resolve(name + "-" + file), graph);
            Path card = Files.write(
                    folder.resolve(name + "-README.md"),
                    ("# " + name + "\n\nA tiny model for tests; nothing was trained.\n")
                            .getBytes(StandardCharsets.UTF_8));
            return Map.of(file, onnx, "README.md", card);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
