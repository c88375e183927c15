package io.atelier.learn.recipe;

import io.atelier.learn.data.Dataset;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelTask;
import io.atelier.models.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all recipes' packages share. */
final class Packages {
    private static final String CARD = "README.md";
    static final long BATCH = 64; // rows a run: more gain nothing on two cores

    private Packages() {}

    static String channels(LabelledPictures pictures) {
        return switch (pictures.channels()) {
            case 1 -> "grey";
            case 3 -> "rgb";
            default -> "rgba-premultiplied";
        };
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the card and describes the package that the folder's files are. */
    static ModelDraft draft(
            WorkContext context,
            Dataset corpus,
            ModelCard card,
            ModelTask task,
            String license,
            Path folder,
            Map<String, Double> metrics,
            GraphSpec... graphs) {
        write(folder.resolve(CARD), card.text(license).getBytes(StandardCharsets.UTF_8));
        Map<String, String> data = new TreeMap<>();
        corpus.files().forEach((name, digest) -> data.put(name, digest.hex()));
        Settings settings = context.settings();
        Training training = new Training(
                settings.text("name"),
                context.seed(),
                settings.texts(),
                data,
                new TreeMap<>(metrics),
                Optional.empty(),
                context.origin());
        return new ModelDraft(
                new ModelName(settings.text("model")),
                task,
                files(folder),
                List.of(graphs),
                corpus.labelNames(),
                Map.of(),
                Map.of("batch", BATCH),
                Optional.of(training),
                Optional.of(license));
    }

    private static Map<String, Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(file -> String.valueOf(file.getFileName()), file -> file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
