package io.atelier.learn.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Nearest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
    private static final SheetStyle BARE = new SheetStyle(3, 1, SheetStyle.Ground.WHITE, false);

    @TempDir
    Path folder;

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    void rowsAreClassesAndPixelsBecomeBlocks() throws IOException {
        LabelledPictures grey =
                new LabelledPictures(1, 1, 1, new float[] {-1, 1, 0}, new int[] {1, 0, 1}, List.of("a", "b"));
        Path file = folder.resolve("new/sheet.png");
        ContactSheet.byClass(grey, 5, BARE).write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo((1 + 2 * 2) * 3);
        assertThat(image.getHeight()).isEqualTo((1 + 2 * 2) * 3);
        assertThat(rgb(image, 3, 3)).isEqualTo(0xFFFFFF);
        assertThat(rgb(image, 5, 11)).isZero();
        assertThat(rgb(image, 9, 9)).isEqualTo(0x808080);
        assertThat(rgb(image, 0, 0)).isEqualTo(0xFFFFFF);
        try (var left = Files.list(folder.resolve("new"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void alphaIsCutAtOneHalfAndColourDividedByIt() {
        // red at alpha 0.8, premultiplied: 0.8 red; beside it alpha 0.4
        float[] pixels = {0.6f, -0.2f, -1, -1, -1, -1, 0.6f, -0.2f};
        LabelledPictures rgba = new LabelledPictures(4, 1, 2, pixels, new int[1], List.of("a"));
        SheetStyle dark = new SheetStyle(1, 0, SheetStyle.Ground.DARK, false);
        BufferedImage image = ContactSheet.byClass(rgba, 1, dark).draw();
        assertThat(rgb(image, 0, 0)).isEqualTo(0xFF0000);
        assertThat(rgb(image, 1, 0)).isEqualTo(0x3E4252);
    }

    @Test
    void nearestPictureStandsBelowEachMadeOne() {
        LabelledPictures made = new LabelledPictures(1, 1, 1, new float[] {-1, 1}, new int[2], List.of("a"));
        LabelledPictures training = new LabelledPictures(1, 1, 1, new float[] {0.9f, -0.9f}, new int[2], List.of("a"));
        SheetStyle style = new SheetStyle(1, 0, SheetStyle.Ground.WHITE, false);
        BufferedImage image = ContactSheet.nearest(made, training, Nearest.of(made, training), 2, style)
                .draw();
        assertThat(rgb(image, 0, 0)).isZero();
        assertThat(rgb(image, 0, 1)).isEqualTo(0x0D0D0D);
        assertThat(rgb(image, 1, 1)).isEqualTo(0xF2F2F2);
    }

    @Test
    void labelsAreWrittenWhereThereIsRoomForThem() {
        LabelledPictures grey = new LabelledPictures(1, 1, 1, new float[] {1}, new int[1], List.of("ankle-boot"));
        BufferedImage image = ContactSheet.byClass(grey, 1, new SheetStyle(1, 1, SheetStyle.Ground.WHITE, true))
                .draw();
        assertThat(image.getHeight()).isEqualTo(Lettering.HEIGHT + 2);
        assertThat(image.getWidth()).isEqualTo(Lettering.width("ankle-boot") + 4);
        assertThat(rgb(image, 1, 4)).isEqualTo(0x202020); // the bar of the A
    }

    @Test
    void everyLetterOfALabelHasAGlyphOfItsOwn() {
        assertThat("abcdefghijklmnopqrstuvwxyz0123456789-_/.,:&?"
                        .chars()
                        .mapToObj(c -> {
                            StringBuilder dots = new StringBuilder();
                            Lettering.dots(
                                    String.valueOf((char) c),
                                    (x, y) -> dots.append(x).append(y).append(' '));
                            return dots.toString();
                        })
                        .distinct())
                .hasSize(44);
    }

    @Test
    void endlessSheetIsRefused() {
        LabelledPictures many = new LabelledPictures(1, 1, 1, new float[9000], new int[9000], List.of("a"));
        assertThatThrownBy(() -> ContactSheet.byClass(many, 9000, BARE).draw()).hasMessageContaining("16384");
    }
}
