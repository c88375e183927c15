package io.atelier.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Drafts whose graph is any bytes: a repository does not read it. */
final class Drafts {
    private Drafts() {}

    static ModelDraft draft(Path folder, String content) throws IOException {
        Files.createDirectories(folder);
        Path graph = Files.writeString(Files.createTempFile(folder, "graph", ".onnx"), content);
        Path card = Files.writeString(Files.createTempFile(folder, "card", ".md"), "# Tiles\n");
        return new ModelDraft(
                new ModelName("tiles"),
                ModelTask.IMAGE_CLASS_CONDITIONAL,
                Map.of("generator.onnx", graph, "README.md", card),
                List.of(new GraphSpec(
                        "generator",
                        "generator.onnx",
                        List.of(
                                TensorSpec.of("latent", "latent", "float32", -1L, 64L),
                                TensorSpec.of("label", "label", "int64", -1L)),
                        List.of(TensorSpec.of("image", "image", "float32", -1L, 4L, 32L, 32L)
                                .picture("NCHW", "-1..1", "rgba-premultiplied")))),
                List.of("floor", "wall"),
                new TreeMap<>(Map.of("truncation", 0.7, "format", "png", "count", 4)),
                Map.of("batch", 64L),
                Optional.of(new Training(
                        "gan-tiles",
                        7,
                        Map.of("schedule.steps", "13000"),
                        Map.of("tiles32.zip", "00ff"),
                        Map.of("recognised", 0.84),
                        Optional.of("job-1"))),
                Optional.of("CC0-1.0"));
    }

    static ModelDraft withFiles(ModelDraft draft, Map<String, Path> files) {
        return new ModelDraft(
                draft.name(),
                draft.task(),
                files,
                draft.graphs(),
                draft.labels(),
                draft.defaults(),
                draft.limits(),
                draft.training(),
                draft.license());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
