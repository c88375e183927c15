package io.atelier.artifacts.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TilesTest {
    private static final int[] SIDES = {1, 15, 16, 17, 64, 97, 130};

    @Test
    void whatLiesOutsideIsThePictureMirroredWithoutItsEdgeTwice() {
        Picture row = new Picture(3, 1, 1, new byte[] {1, 2, 3});
        assertThat(Parts.of(row, -3, 0, 9, 2).pixels())
                .containsExactly(2, 3, 2, 1, 2, 3, 2, 1, 2, 2, 3, 2, 1, 2, 3, 2, 1, 2);
        Picture one = new Picture(1, 1, 3, new byte[] {7, 8, 9});
        assertThat(Parts.of(one, -1, -1, 2, 2).pixels()).containsExactly(7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9);
    }

    @Test
    void pictureMadeLargerIsMirroredAtItsNewEdgeToo() {
        Picture row = new Picture(3, 1, 1, new byte[] {1, 2, 3});
        Picture larger = Parts.of(row, 0, 0, 4, 1);
        assertThat(Parts.of(row, 4, 1, -2, 0, 9, 1).pixels())
                .isEqualTo(Parts.of(larger, -2, 0, 9, 1).pixels());
    }

    /** A network that looks three pixels far paints parts with four pixels around them as it paints the whole. */
    @Test
    void framedPartsMeetAsIfTheWholeWerePaintedAtOnce() {
        for (int width : SIDES) {
            for (int height : SIDES) {
                Picture picture = noise(width, height);
                int wide = Math.ceilDiv(width, 4) * 4;
                int high = Math.ceilDiv(height, 4) * 4;
                Picture whole = blurred(Parts.of(picture, wide, high, -4, -4, wide + 8, high + 8));
                Canvas canvas = new Canvas(picture);
                List<Span> across = Span.framed(wide, 24, 4, 4);
                for (Tile tile : Tile.all(across, Span.framed(high, 24, 4, 4))) {
                    canvas.paint(tile, blurred(tile.of(picture, wide, high)), tile.across() == across.getLast());
                }
                assertThat(canvas.picture().pixels())
                        .as("%dx%d", width, height)
                        .isEqualTo(Parts.of(whole, 4, 4, width, height).pixels());
            }
        }
    }

    @Test
    void overlappingPartsOfOneLengthCoverTheLineAndGoOverIntoEachOther() {
        for (int size = 1; size < 600; size++) {
            List<Span> spans = Span.overlapping(size, 96, 12, 12, 1);
            assertThat(spans.getFirst().keepFrom()).isZero();
            assertThat(spans.getLast().keepTo()).isEqualTo(size);
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                assertThat(span.length()).isEqualTo(Math.min(size, 96));
                assertThat(span.from()).isBetween(0, size - span.length());
                if (i > 0) {
                    assertThat(span.ramp()).isBetween(12, 96);
                    assertThat(spans.get(i - 1).keepTo()).isEqualTo(span.keepFrom() + span.ramp());
                    assertThat(span.from() + 12).isEqualTo(span.keepFrom());
                }
            }
        }
    }

    @Test
    void alignedPartsBeginAtMultiplesAndStillOverlap() {
        for (int size = 16; size < 3000; size += 16) {
            List<Span> spans = Span.overlapping(size, 640, 64, 64, 16);
            for (Span span : spans.subList(1, spans.size())) {
                assertThat(span.from() % 16).isZero();
                assertThat(span.ramp()).isGreaterThanOrEqualTo(64);
            }
        }
    }

    @Test
    void partsThatAgreeLeaveNoTraceOfTheirOverlap() {
        for (int width : SIDES) {
            for (int height : SIDES) {
                Picture picture = noise(width, height);
                Canvas canvas = new Canvas(noise(width, height));
                List<Span> across = Span.overlapping(Math.max(40, width), 40, 5, 5, 1);
                for (Tile tile : Tile.all(across, Span.overlapping(Math.max(40, height), 40, 5, 5, 1))) {
                    Picture part = tile.of(picture, Math.max(40, width), Math.max(40, height));
                    canvas.paint(tile, part, tile.across() == across.getLast());
                }
                assertThat(canvas.picture().pixels()).as("%dx%d", width, height).isEqualTo(picture.pixels());
            }
        }
    }

    @Test
    void partsThatDifferGoOverWithoutAStep() {
        Canvas canvas = new Canvas(new Picture(100, 100, 3, new byte[30_000]));
        List<Span> spans = Span.overlapping(100, 60, 5, 20, 1);
        int shade = 0;
        for (Tile tile : Tile.all(spans, spans)) {
            byte[] flat = new byte[60 * 60 * 3];
            Arrays.fill(flat, (byte) shade);
            canvas.paint(tile, new Picture(60, 60, 3, flat), tile.across() == spans.getLast());
            shade += 50;
        }
        byte[] pixels = canvas.picture().pixels();
        assertThat(pixels[0]).isZero();
        for (int i = 3; i < pixels.length; i += 3) {
            if (i % 300 > 0) {
                assertThat(Math.abs((pixels[i] & 0xFF) - (pixels[i - 3] & 0xFF)))
                        .isLessThan(8);
            }
            if (i >= 300) {
                assertThat(Math.abs((pixels[i] & 0xFF) - (pixels[i - 300] & 0xFF)))
                        .isLessThan(16);
            }
        }
    }

    @Test
    void partOfTheNoiseIsThatPartOfTheWholes() {
        NoiseField field = new NoiseField(5, 2, 10, 7);
        float[] whole = field.part(0, 0, 10, 7);
        float[] part = field.part(3, 2, 4, 3);
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(part[(c * 3 + y) * 4 + x]).isEqualTo(whole[(c * 7 + 2 + y) * 10 + 3 + x]);
                }
            }
        }
        assertThat(field.part(-2, 0, 1, 1)[0]).isEqualTo(field.part(2, 0, 1, 1)[0]);
        assertThat(new NoiseField(6, 2, 10, 7).part(0, 0, 10, 7)).isNotEqualTo(whole);
        assertThat(new NoiseField(5, 2, 12, 9).part(0, 0, 1, 7)).isNotEqualTo(field.part(1, 0, 1, 7));
    }

    private static Picture noise(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        new Random(31L * width + height).nextBytes(pixels);
        return new Picture(width, height, 3, pixels);
    }

    /** The mean of 7x7 pixels, of which those outside count as black: what a frame must hide. */
    private static Picture blurred(Picture picture) {
        byte[] pixels = new byte[picture.pixels().length];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    pixels[(y * picture.width() + x) * 3 + c] = (byte) (around(picture, x, y, c) / 49);
                }
            }
        }
        return new Picture(picture.width(), picture.height(), 3, pixels);
    }

    private static int around(Picture picture, int x, int y, int c) {
        int sum = 0;
        for (int j = Math.max(0, y - 3); j <= Math.min(picture.height() - 1, y + 3); j++) {
            for (int i = Math.max(0, x - 3); i <= Math.min(picture.width() - 1, x + 3); i++) {
                sum += picture.pixels()[(j * picture.width() + i) * 3 + c] & 0xFF;
            }
        }
        return sum;
    }
}
