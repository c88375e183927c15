package io.atelier.bench.image;

import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes the style network that is measured. */
final class StyleModel {
    static final String NAME = "bench-style";

    private StyleModel() {}

    static ModelPackage publish(Path folder, Path repository) throws IOException {
        Path whole = Files.write(folder.resolve("stylizer.onnx"), StyleNetwork.model(false));
        Path tile = Files.write(folder.resolve("tile.onnx"), StyleNetwork.model(true));
        Path card = Files.writeString(folder.resolve("style-README.md"), "Random weights, for measuring.\n");
        List<TensorSpec> inputs =
                List.of(picture("image"), TensorSpec.of("noise", "noise", "float32", -1L, 1L, -1L, -1L));
        TensorSpec moments = TensorSpec.of("moments", "moments", "float32", -1L, (long) StyleNetwork.MOMENTS);
        return new DirectoryModelRepository(repository, InstantSource.system())
                .publish(
                        new ModelDraft(
                                new ModelName(NAME),
                                ModelTask.IMAGE_STYLE,
                                Map.of("stylizer.onnx", whole, "tile.onnx", tile, "README.md", card),
                                List.of(
                                        new GraphSpec(
                                                "stylizer",
                                                "stylizer.onnx",
                                                inputs,
                                                List.of(moments, picture("stylised"))),
                                        new GraphSpec(
                                                "tile",
                                                "tile.onnx",
                                                List.of(inputs.get(0), inputs.get(1), moments),
                                                List.of(picture("stylised")))),
                                List.of(),
                                Map.of(),
                                Map.of("batch", 1L, "multiple", (long) StyleNetwork.MULTIPLE, "reach", (long)
                                        StyleNetwork.REACH),
                                Optional.empty(),
                                Optional.of("CC0-1.0")),
                        true);
    }

    private static TensorSpec picture(String name) {
        return TensorSpec.of(name, "image", "float32", -1L, 3L, -1L, -1L).picture("NCHW", "0..1", "rgb");
    }
}
