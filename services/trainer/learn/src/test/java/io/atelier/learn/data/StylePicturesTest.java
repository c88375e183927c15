package io.atelier.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.recipe.StylePictureFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StylePicturesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private StylePictures read() throws IOException {
        return StylePictures.read(StylePictureFiles.write(folder, 5), ReadLimits.DEFAULT);
    }

    @Test
    void picturesKeepTheirSizesAndLargeOnesAreScaledDown() throws IOException {
        BufferedImage large = new BufferedImage(1024, 300, BufferedImage.TYPE_INT_RGB);
        Files.createDirectories(folder.resolve("styles"));
        ImageIO.write(large, "png", folder.resolve("styles/wide.png").toFile());
        StylePictures pictures = read();
        assertThat(pictures.labelNames()).containsExactly("level", "steep", "upright", "wide");
        assertThat(pictures.paintings().getLast())
                .returns(512, NamedPicture::width)
                .returns(150, NamedPicture::height);
        assertThat(pictures.photographs())
                .extracting(picture -> picture.width() + "x" + picture.height())
                .containsOnly("80x96", "96x80");
        assertThat(pictures.notes()).containsExactly("4 paintings, 5 photographs");
    }

    @Test
    void photographsAreHeldOutBySeedAndNeverTrainedOn() throws IOException {
        StylePictures pictures = read();
        List<NamedPicture> heldOut = pictures.heldOut(4, 2);
        assertThat(heldOut).hasSize(2).isEqualTo(pictures.heldOut(4, 2));
        assertThat(Stream.concat(heldOut.stream(), pictures.training(4, 2).stream()))
                .containsExactlyInAnyOrderElementsOf(pictures.photographs());
        assertThat(Stream.of(1L, 2L, 3L, 5L, 6L).map(seed -> pictures.heldOut(seed, 2)))
                .anyMatch(other -> !other.equals(heldOut));
    }

    @Test
    void unknownPaintingIsRefusedWithTheKnownOnes() throws IOException {
        StylePictures pictures = read();
        assertThat(pictures.withPaintings("data.paintings", List.of("upright", "level"))
                        .labelNames())
                .containsExactly("upright", "level");
        assertThatThrownBy(() -> pictures.withPaintings("data.paintings", List.of("level", "moonlit")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("moonlit")
                .hasMessageContaining("level, steep, upright");
    }

    @Test
    void folderWithoutPhotographsIsRefused() throws IOException {
        StylePictureFiles.write(folder, 0);
        assertThatThrownBy(() -> StylePictures.read(folder, ReadLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.DATA_MISSING))
                .hasMessageContaining("content");
    }
}
