package io.atelier.kit.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Pictures;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users' pictures look like once they are read. */
class DecodedPicturesTest {
    /** Three colours above three: a b c over d e f. */
    private static final String STORED = "abcdef";

    @ParameterizedTest
    @CsvSource({
        "1, 3, abcdef",
        "2, 3, cbafed",
        "3, 3, fedcba",
        "4, 3, defabc",
        "5, 2, adbecf",
        "6, 2, daebfc",
        "7, 2, fcebda",
        "8, 2, cfbead"
    })
    void pictureIsTurnedAsItsOrientationSays(int orientation, int width, String shown) {
        byte[] rows = new byte[2 * (1 + 3 * 3)];
        for (int i = 0; i < 6; i++) {
            paint(rows, i / 3 * 10 + 1 + i % 3 * 3, STORED.charAt(i));
        }
        for (boolean little : new boolean[] {false, true}) {
            byte[] exif = Exif.orientation(orientation, little);
            Picture png = decode(
                    PngFile.of(3, 2, 8, 2).chunk("eXIf", exif).pixels(rows).end());
            assertThat(png.width()).isEqualTo(width);
            assertThat(letters(png, 1)).isEqualTo(shown);
            Picture jpeg = decode(JpegFile.of(blocks()).with(Exif.segment(exif)).bytes());
            assertThat(jpeg.width()).isEqualTo(width * 16);
            assertThat(letters(jpeg, 16)).isEqualTo(shown);
        }
    }

    /** Six colours of 16x16 pixels each, which JPEG keeps. */
    private static BufferedImage blocks() {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                byte[] rgb = new byte[3];
                paint(rgb, 0, STORED.charAt(y / 16 * 3 + x / 16));
                image.setRGB(x, y, (rgb[0] & 0xFF) << 16 | (rgb[1] & 0xFF) << 8 | rgb[2] & 0xFF);
            }
        }
        return image;
    }

    private static void paint(byte[] to, int at, char letter) {
        int bits = letter - 'a' + 1;
        for (int c = 0; c < 3; c++) {
            to[at + c] = (byte) ((bits >> c & 1) * 255);
        }
    }

    private static String letters(Picture picture, int block) {
        StringBuilder letters = new StringBuilder();
        for (int y = block / 2; y < picture.height(); y += block) {
            for (int x = block / 2; x < picture.width(); x += block) {
                int at = (y * picture.width() + x) * picture.channels();
                int bits = 0;
                for (int c = 0; c < 3; c++) {
                    bits |= ((picture.pixels()[at + c] & 0xFF) > 127 ? 1 : 0) << c;
                }
                letters.append((char) ('a' + bits - 1));
            }
        }
        return letters.toString();
    }

    @Test
    void displayP3BecomesSrgb() {
        double[] light = {linear(200), linear(100), linear(50)};
        int[] expected = {
            coded(1.2249 * light[0] - 0.2247 * light[1]),
            coded(-0.0420 * light[0] + 1.0419 * light[1]),
            coded(-0.0197 * light[0] - 0.0786 * light[1] + 1.0979 * light[2])
        };
        assertThat(expected[0]).isGreaterThan(210); // else this would prove nothing
        near(pixel(rgb(200, 100, 50).profile(Profiles.displayP3())), expected);
    }

    @Test
    void profileOfExchangedChannelsExchangesThemInBothFormats() {
        near(pixel(rgb(200, 100, 50).profile(Profiles.rotated())), 100, 50, 200);
        BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            flat.setRGB(i % 16, i / 16, 200 << 16 | 100 << 8 | 50);
        }
        byte[] profile = Profiles.rotated();
        JpegFile jpeg = JpegFile.of(flat);
        near(decode(jpeg.with(Exif.profile(profile)).bytes()), 100, 50, 200);
        List<byte[]> pieces = Exif.profileInPieces(profile, 3);
        near(decode(jpeg.with(pieces.get(2), pieces.get(0), pieces.get(1)).bytes()), 100, 50, 200);
        near(decode(jpeg.with(pieces.get(0), pieces.get(2)).bytes()), 200, 100, 50);
    }

    @Test
    void profileThatIsSrgbLeavesEveryLevelAlone() {
        byte[] rows = new byte[1 + 256 * 3];
        for (int i = 0; i < 256; i++) {
            rows[1 + i * 3] = (byte) i;
            rows[1 + i * 3 + 1] = (byte) (255 - i);
            rows[1 + i * 3 + 2] = (byte) (i * 7);
        }
        byte[] file = PngFile.of(256, 1, 8, 2)
                .profile(PngFile.deflate(Profiles.srgb()))
                .pixels(rows)
                .end();
        assertThat(decode(file).pixels()).isEqualTo(Arrays.copyOfRange(rows, 1, rows.length));
    }

    @Test
    void gammaIsHeededUnlessSrgbOrAProfileStandsBesideIt() {
        near(decode(grey().numbers("gAMA", 100_000).pixels((byte) 0, (byte) 128).end()), 188);
        near(
                decode(grey().numbers("gAMA", 100_000)
                        .chunk("sRGB", (byte) 0)
                        .pixels((byte) 0, (byte) 128)
                        .end()),
                128);
        near(decode(grey().numbers("gAMA", 45_455).pixels((byte) 0, (byte) 128).end()), 128);
        near(
                decode(grey().numbers("gAMA", 100_000)
                        .profile(PngFile.deflate(Profiles.grey(2)))
                        .pixels((byte) 0, (byte) 128)
                        .end()),
                coded(Math.pow(128 / 255.0, 2)));
    }

    @Test
    void deepLinearSamplesKeepTheirShadows() {
        byte[] rows = {0, 0, 100, 0, (byte) 200};
        Picture picture = decode(
                PngFile.of(2, 1, 16, 0).numbers("gAMA", 100_000).pixels(rows).end());
        near(picture, coded(100 / 65535.0), coded(200 / 65535.0));
    }

    @Test
    void primariesAreHeeded() {
        double[] light = {Math.pow(200 / 255.0, 2.2), Math.pow(100 / 255.0, 2.2), Math.pow(50 / 255.0, 2.2)};
        int[] p3 = {31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000};
        near(
                decode(PngFile.of(1, 1, 8, 2)
                        .numbers("gAMA", 45_455)
                        .numbers("cHRM", p3)
                        .pixels((byte) 0, (byte) 200, (byte) 100, (byte) 50)
                        .end()),
                coded(1.2249 * light[0] - 0.2247 * light[1]),
                coded(-0.0420 * light[0] + 1.0419 * light[1]),
                coded(-0.0197 * light[0] - 0.0786 * light[1] + 1.0979 * light[2]));
    }

    @Test
    void paletteAndAlphaGoThroughTheProfileToo() {
        byte[] profile = PngFile.deflate(Profiles.rotated());
        Picture palette = decode(PngFile.of(2, 1, 8, 3)
                .profile(profile)
                .chunk("PLTE", (byte) 200, (byte) 100, (byte) 50, (byte) 0, (byte) 0, (byte) 255)
                .chunk("tRNS", (byte) 64)
                .pixels((byte) 0, (byte) 0, (byte) 1)
                .end());
        near(palette, 100, 50, 200, 64, 0, 255, 0, 255);
        Picture alpha = decode(PngFile.of(1, 1, 8, 6)
                .profile(profile)
                .pixels((byte) 0, (byte) 200, (byte) 100, (byte) 50, (byte) 7)
                .end());
        near(alpha, 100, 50, 200, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16})
    void greyOfAnyDepthStaysOneChannel(int depth) {
        byte[] rows = {0, (byte) 0xFF, (byte) 0xFF};
        Picture white = decode(PngFile.of(1, 1, depth, 0).pixels(rows).end());
        assertThat(white.channels()).isEqualTo(1);
        assertThat(white.pixels()).containsExactly(255);
        Picture clear = decode(PngFile.of(1, 1, depth, 0)
                .chunk("tRNS", depth == 16 ? new byte[] {-1, -1} : new byte[] {0, (byte) ((1 << depth) - 1)})
                .pixels(rows)
                .end());
        assertThat(clear.channels()).isEqualTo(4);
        assertThat(clear.pixels()[3]).isZero();
    }

    @Test
    void sixteenBitsAreRoundedAndNotCut() {
        byte[] rows = {0, 0, (byte) 0xFF, 1, (byte) 0x82, (byte) 0xFF, 0x7E};
        assertThat(decode(PngFile.of(3, 1, 16, 0).pixels(rows).end()).pixels())
                .containsExactly(1, 2, (byte) 254); // cut: 0, 1, 255
        Picture rgba = decode(PngFile.of(1, 1, 16, 6)
                .pixels((byte) 0, (byte) 0, (byte) 255, (byte) 0, (byte) 255, (byte) 0, (byte) 255, (byte) 0, (byte)
                        255)
                .end());
        assertThat(rgba.pixels()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void colourThatPngCallsTransparentIs() {
        Picture picture = decode(PngFile.of(2, 1, 8, 2)
                .chunk("tRNS", (byte) 0, (byte) 1, (byte) 0, (byte) 2, (byte) 0, (byte) 3)
                .pixels((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6)
                .end());
        assertThat(picture.channels()).isEqualTo(4);
        assertThat(picture.pixels()[3]).isZero();
        assertThat(Arrays.copyOfRange(picture.pixels(), 4, 8)).containsExactly(4, 5, 6, (byte) 255);
    }

    @Test
    void interlacedAndPlainAreTheSamePicture() throws IOException {
        BufferedImage image = new BufferedImage(19, 11, BufferedImage.TYPE_4BYTE_ABGR);
        for (int i = 0; i < 19 * 11; i++) {
            image.setRGB(i % 19, i / 19, i * 0x01030507 | 0xFF000000);
        }
        assertThat(decode(png(image, true)).pixels())
                .isEqualTo(decode(png(image, false)).pixels());
    }

    @Test
    void progressiveAndBaselineAreTheSamePicture() {
        assertThat(decode(JpegFile.progressive(blocks()).bytes()).pixels())
                .isEqualTo(decode(JpegFile.of(blocks()).bytes()).pixels());
    }

    @Test
    void inksAreConvertedByTheirProfileHoweverTheyAreStored() {
        int[][] inks = {{0, 0, 0, 0}, {255, 0, 0, 0}, {0, 255, 0, 0}, {0, 0, 255, 0}, {0, 0, 0, 255}, {255, 255, 0, 0}};
        int full = coded(0.9);
        int none = coded(0.1);
        int[][] shown = {
            {full, full, full},
            {none, full, full},
            {full, none, full},
            {full, full, none},
            {none, none, none},
            {none, none, full}
        };
        for (int i = 0; i < inks.length; i++) {
            int[] ink = inks[i];
            int[] inverted = {255 - ink[0], 255 - ink[1], 255 - ink[2], 255 - ink[3]};
            // Adobe's inverted inks, their inverse taken for RGB, that as YCC
            int[] ycck = ycc(ink[0], ink[1], ink[2], 255 - ink[3]);
            JpegFile plain = JpegFile.of(flat(ink)).with(Exif.profile(Profiles.inks()));
            near(decode(plain.bytes()), shown[i]);
            near(decode(adobe(flat(inverted), 0)), shown[i]);
            near(decode(adobe(flat(ycck), 2)), shown[i]);
        }
    }

    private static byte[] adobe(Raster samples, int transform) {
        byte[] adobe = ByteBuffer.allocate(12)
                .put("Adobe".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 100)
                .putInt(0)
                .put((byte) transform)
                .array();
        return JpegFile.of(samples)
                .with(JpegFile.segment(0xEE, adobe), Exif.profile(Profiles.inks()))
                .bytes();
    }

    private static int[] ycc(int red, int green, int blue, int black) {
        return new int[] {
            (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue),
            (int) Math.clamp(Math.round(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue), 0, 255),
            (int) Math.clamp(Math.round(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue), 0, 255),
            black
        };
    }

    private static Raster flat(int[] sample) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, sample);
        }
        return raster;
    }

    private static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A pixel that still wants its profile. */
    private record Pixel(int red, int green, int blue) {
        PngFile profile(byte[] icc) {
            return PngFile.of(1, 1, 8, 2)
                    .profile(PngFile.deflate(icc))
                    .pixels((byte) 0, (byte) red, (byte) green, (byte) blue);
        }
    }

    private static Pixel rgb(int red, int green, int blue) {
        return new Pixel(red, green, blue);
    }

    private static Picture pixel(PngFile file) {
        return decode(file.end());
    }

    private static PngFile grey() {
        return PngFile.of(1, 1, 8, 0);
    }

    /** The first samples, within two levels. */
    private static void near(Picture picture, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(picture.pixels()[i] & 0xFF)
                    .describedAs("sample %d of %s", i, Arrays.toString(expected))
                    .isBetween(expected[i] - 2, expected[i] + 2);
        }
    }

    /** sRGB's curve (IEC 61966-2-1). */
    private static double linear(int sample) {
        double v = sample / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static int coded(double light) {
        double v = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
        return (int) Math.round(Math.clamp(v, 0.0, 1.0) * 255);
    }

    private static Picture decode(byte[] bytes) {
        return Pictures.decode(bytes, "image", Pictures.MAX_PIXELS);
    }
}
