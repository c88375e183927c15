package io.atelier.kit.models;

import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import io.atelier.models.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drafts that fill every part of a manifest. Their graph is any bytes: a repository does not read it. */
public final class Drafts {
    private Drafts() {}

    /** A draft whose graph's bytes, and so its digest, follow from the content. */
    public static ModelDraft draft(Path folder, String name, String content) {
        return new ModelDraft(
                new ModelName(name),
                ModelTask.IMAGE_CLASS_CONDITIONAL,
                Map.of(
                        "generator.onnx", file(folder, "graph of " + content),
                        "vocabulary.txt", file(folder, "circle\nsquare\n"),
                        "README.md", file(folder, "# " + name + ", published from " + folder)),
                List.of(new GraphSpec(
                        "generator",
                        "generator.onnx",
                        List.of(
                                TensorSpec.of("latent", "latent", "float32", -1L, 64L),
                                TensorSpec.of("label", "label", "int64", -1L)),
                        List.of(TensorSpec.of("image", "image", "float32", -1L, 4L, 32L, 32L)
                                .picture("NCHW", "-1..1", "rgba-premultiplied")))),
                List.of("circle", "square"),
                Map.of("count", 4, "format", "png"),
                Map.of("batch", 64L),
                Optional.of(new Training(
                        "gan-tiles",
                        7,
                        Map.of("schedule.steps", "13000"),
                        Map.of("tiles.zip", "00ff"),
                        Map.of("recognised", 0.84),
                        Optional.empty())),
                Optional.of("CC0-1.0"));
    }

    private static Path file(Path folder, String text) {
        try {
            Path file = Files.createTempFile(Files.createDirectories(folder), "draft", ".part");
            return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
