package io.atelier.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir
    Path folder;

    @Test
    void writesEachPictureUnderItsLabelAndTheSheetLast() throws IOException {
        GenerateImageResult result = GenerateImageResult.newBuilder()
                .addImages(image("T-shirt/top", "image/png"))
                .addImages(image("Ankle boot", "image/jpeg"))
                .setContactSheet(Artifact.newBuilder().setMediaType("image/png"))
                .build();

        List<Pictures.Written> written = Pictures.write(
                result, folder, "gan", artifact -> artifact.getMediaType().getBytes(StandardCharsets.UTF_8));

        assertThat(written)
                .extracting(one -> folder.relativize(one.path()).toString())
                .containsExactly("gan-01-t-shirt-top.png", "gan-02-ankle-boot.jpg", "gan-sheet.png");
        assertThat(written.get(1).path()).hasContent("image/jpeg");
    }

    @Test
    void labelNeverLeavesTheFolder() {
        assertThat(Pictures.slug("../../etc/passwd")).isEqualTo("etc-passwd");
        assertThat(Pictures.slug("\u2603")).isEqualTo("picture");
        assertThat(Pictures.slug("a".repeat(500))).hasSize(40);
    }

    private static GeneratedImage image(String label, String mediaType) {
        return GeneratedImage.newBuilder()
                .setLabel(label)
                .setArtifact(Artifact.newBuilder().setMediaType(mediaType))
                .build();
    }
}
