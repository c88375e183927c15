package io.atelier.artifacts.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.Picture;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransparencyTest {
    @Test
    void whatNobodySeesChangesNoColour() {
        Picture one = pierced(0);
        Picture other = pierced(255);
        assertThat(Transparency.colours(one).pixels())
                .isEqualTo(Transparency.colours(other).pixels());
    }

    @Test
    void holesTakeTheColoursAround() {
        byte[] pixels = new byte[64 * 64 * 4];
        for (int i = 0; i < 64 * 64; i++) {
            boolean hole = i % 64 > 10 && i % 64 < 50 && i / 64 > 10 && i / 64 < 50;
            pixels[i * 4] = (byte) (hole ? 255 : 90);
            pixels[i * 4 + 1] = (byte) (hole ? 0 : 60);
            pixels[i * 4 + 3] = (byte) (hole ? 0 : 255);
        }
        byte[] colours = Transparency.colours(new Picture(64, 64, 4, pixels)).pixels();
        for (int i = 0; i < 64 * 64; i++) {
            assertThat(colours[i * 3] & 0xFF).isEqualTo(90);
            assertThat(colours[i * 3 + 1] & 0xFF).isEqualTo(60);
        }
    }

    @Test
    void whatShowsStaysAsItIsAndComesBackWithItsAlpha() {
        byte[] pixels = new byte[33 * 21 * 4];
        new Random(4).nextBytes(pixels);
        for (int i = 3; i < pixels.length; i += 4) {
            pixels[i] = (byte) Math.max(1, pixels[i] & 0xFF);
        }
        Picture picture = new Picture(33, 21, 4, pixels);
        Picture back = Transparency.together(
                Transparency.colours(picture), Transparency.of(picture).orElseThrow());
        assertThat(back.pixels()).isEqualTo(pixels);
    }

    @Test
    void opaquePictureHasNoAlphaToKeepAndGreyBecomesColour() {
        byte[] pixels = new byte[4 * 4 * 4];
        Arrays.fill(pixels, (byte) 255);
        assertThat(Transparency.of(new Picture(4, 4, 4, pixels))).isEmpty();
        assertThat(Transparency.colours(new Picture(1, 1, 1, new byte[] {9})).pixels())
                .containsExactly(9, 9, 9);
        assertThat(Transparency.colours(new Picture(1, 1, 4, new byte[] {1, 2, 3, 0}))
                        .pixels())
                .containsExactly(255, 255, 255);
    }

    @Test
    void resizingKeepsWhatIsEvenAndAveragesWhatShrinks() {
        byte[] even = new byte[50 * 30 * 3];
        Arrays.fill(even, (byte) 200);
        for (int[] size : new int[][] {{7, 5}, {50, 30}, {123, 77}, {1, 1}}) {
            Picture made = Resizing.resize(new Picture(50, 30, 3, even), size[0], size[1]);
            assertThat(made.width()).isEqualTo(size[0]);
            assertThat(made.height()).isEqualTo(size[1]);
            for (byte one : made.pixels()) {
                assertThat(one & 0xFF).isEqualTo(200);
            }
        }
        Picture halves = new Picture(4, 1, 1, new byte[] {0, 0, 100, 100});
        assertThat(Resizing.resize(halves, 2, 1).pixels()).containsExactly(14, 86); // triangle as wide as the shrinking
    }

    private static Picture pierced(int hidden) {
        byte[] pixels = new byte[40 * 30 * 4];
        Random random = new Random(8);
        for (int i = 0; i < pixels.length; i += 4) {
            boolean hole = random.nextInt(3) == 0;
            for (int c = 0; c < 3; c++) {
                int seen = random.nextInt(256);
                pixels[i + c] = (byte) (hole ? hidden : seen);
            }
            pixels[i + 3] = (byte) (hole ? 0 : 255);
        }
        return new Picture(40, 30, 4, pixels);
    }
}
