package io.atelier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureSizeTest {

    @Test
    void smallPicturesAreEnlargedByWholeSteps() {
        assertThat(PictureSize.toLookAt(manifest("NCHW", "[-1,4,32,32]"))).isEqualTo(128);
        assertThat(PictureSize.toLookAt(manifest("NCHW", "[-1,1,28,28]"))).isEqualTo(112);
        assertThat(PictureSize.toLookAt(manifest("NHWC", "[-1,48,48,3]"))).isEqualTo(96);
    }

    @Test
    void largePicturesKeepTheirSize() {
        assertThat(PictureSize.toLookAt(manifest("NCHW", "[-1,3,256,256]"))).isEqualTo(256);
    }

    @Test
    void pictureOfAFlowIsWhatItsNetworkTakes() {
        assertThat(PictureSize.toLookAt("""
                        {"graphs":[{"inputs":[{"role":"image","layout":"NCHW","shape":[-1,4,32,32]},{"role":"time","shape":[-1]}],
                         "outputs":[{"role":"velocity","shape":[-1,4,32,32]}]}]}
                        """)).isEqualTo(128);
    }

    private static String manifest(String layout, String shape) {
        return """
                {"graphs":[{"outputs":[{"role":"image","layout":"%s","shape":%s}]}]}
                """.formatted(layout, shape);
    }
}
