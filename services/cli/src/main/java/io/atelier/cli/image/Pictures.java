package io.atelier.cli.image;

import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes a result's pictures into a folder, under names that tell model, label and number. */
public final class Pictures {
    /**
     * A written picture.
     *
     * @param path where it lies
     * @param label the class it shows; empty for a contact sheet
     * @param width in pixels
     * @param height in pixels
     */
    public record Written(Path path, String label, int width, int height) {}

    private Pictures() {}

    /** Writes all pictures and the sheet, if there is one, and answers them in that order. */
    public static List<Written> write(
            GenerateImageResult result, Path folder, String prefix, Function<Artifact, byte[]> bytes)
            throws IOException {
        Files.createDirectories(folder);
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < result.getImagesCount(); i++) {
            GeneratedImage image = result.getImages(i);
            String name = "%s-%02d-%s".formatted(prefix, i + 1, slug(image.getLabel()));
            Path path = save(image.getArtifact(), folder, name, bytes);
            written.add(new Written(path, image.getLabel(), image.getWidth(), image.getHeight()));
        }
        if (result.hasContactSheet()) {
            written.add(new Written(save(result.getContactSheet(), folder, prefix + "-sheet", bytes), "", 0, 0));
        }
        return written;
    }

    private static Path save(Artifact artifact, Path folder, String name, Function<Artifact, byte[]> bytes)
            throws IOException {
        String extension = artifact.getMediaType().equals("image/jpeg") ? ".jpg" : ".png";
        return Files.write(folder.resolve(name + extension), bytes.apply(artifact));
    }

    /** A label as part of a file name: whatever it holds, it stays inside its folder. */
    public static String slug(String label) {
        String plain =
                label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "picture" : plain.substring(0, Math.min(40, plain.length()));
    }
}
