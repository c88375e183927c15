package io.atelier.artifacts.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.atelier.artifacts.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTensorTest {
    private static final PictureTensor GREY = tensor(2, 2, "grey");
    private static final PictureTensor TILES = tensor(1, 2, "rgba-premultiplied");

    @Test
    void greyFloatsBecomePixelsAndBack() {
        float[] values = {9, -1, 1, 0, 0.5f};
        Picture picture = GREY.toPicture(values, 1);
        assertThat(picture.pixels()).containsExactly(0, (byte) 255, (byte) 128, (byte) 191);
        float[] back = new float[5];
        GREY.fromPicture(picture, back, 1);
        assertThat(back[2]).isEqualTo(1);
        assertThat(back[4]).isCloseTo(0.5f, within(0.01f));
    }

    @Test
    void premultipliedColourIsDividedAndAlphaCutAtOneHalf() {
        float half = 0.2f; // alpha 0.6
        float[] values = {
            -0.4f,
            1, // red: 0.3 over 0.6
            -1,
            1, // green
            half,
            1, // blue: as much as alpha
            half,
            -0.02f // alpha 0.6 and 0.49
        };
        Picture picture = TILES.toPicture(values, 0);
        assertThat(picture.pixels()).containsExactly((byte) 128, 0, (byte) 255, (byte) 255, 0, 0, 0, 0);
    }

    @Test
    void valuesBeyondTheRangeAreClamped() {
        assertThat(GREY.toPicture(new float[] {-5, 5, Float.MAX_VALUE, -1}, 0).pixels())
                .containsExactly(0, (byte) 255, (byte) 255, 0);
    }

    @Test
    void meanDeviationAndChannelsLastAreFollowed() {
        PictureTensor tensor =
                PictureTensor.of(1, 2, "rgb", "NHWC", "0..1", List.of(0.5f, 0.5f, 0f), List.of(0.5f, 0.25f, 1f));
        Picture picture = new Picture(2, 1, 3, new byte[] {0, (byte) 255, (byte) 255, 0, 0, 0});
        float[] values = new float[6];
        tensor.fromPicture(picture, values, 0);
        assertThat(values).containsExactly(-1, 2, 1, -1, -2, 0);
        assertThat(tensor.toPicture(values, 0).pixels()).isEqualTo(picture.pixels());
    }

    @Test
    void colourBecomesGreyByLumaAndAlphaShowsWhite() {
        float[] values = new float[4];
        Picture picture = new Picture(2, 2, 4, new byte[] {
            (byte) 255, 0, 0, (byte) 255, 0, 0, 0, 0, 0, 0, 0, (byte) 255, 0, (byte) 255, 0, (byte) 255
        });
        GREY.fromPicture(picture, values, 0);
        assertThat(values[0]).isCloseTo(2 * 0.299f - 1, within(1e-5f));
        assertThat(values[1]).isCloseTo(1, within(1e-5f));
        assertThat(values[2]).isEqualTo(-1);
        assertThat(values[3]).isCloseTo(2 * 0.587f - 1, within(1e-5f));
    }

    @Test
    void shrinkingAveragesAndEnlargingIsBilinear() {
        byte[] stripes = new byte[16 * 16];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i % 2 * 255);
        }
        float[] small = new float[4];
        GREY.fromPicture(new Picture(16, 16, 1, stripes), small, 0);
        for (float value : small) {
            assertThat(value).isCloseTo(0, within(0.15f));
        }
        float[] wide = new float[4];
        tensor(1, 4, "grey").fromPicture(new Picture(2, 1, 1, new byte[] {0, (byte) 255}), wide, 0);
        assertThat(wide).containsExactly(-1, -0.5f, 0.5f, 1);
    }

    @Test
    void wordsThatModelsDoNotUseAreRefused() {
        assertThatThrownBy(() -> tensor(1, 1, "cmyk")).hasMessageContaining("cmyk");
        assertThatThrownBy(() -> PictureTensor.of(1, 1, "grey", "NCHW", "1", List.of(), List.of()))
                .hasMessageContaining("range");
    }

    private static PictureTensor tensor(int height, int width, String channels) {
        return PictureTensor.of(height, width, channels, "NCHW", "-1..1", List.of(), List.of());
    }
}
