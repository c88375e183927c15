package io.atelier.artifacts.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpDirectory;
import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
    private static final Provenance MADE = new Provenance(
            "gan-tiles",
            Digest.of(new byte[] {1}),
            -7,
            new TreeMap<>(Map.of("label", "<wall> & \"door\" \u0001\ud83c\udfa8", "count", "2")),
            "cpu/x86_64/onnxruntime-1.29.0/threads-2");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void pngComesBackPixelByPixel(int channels) {
        Picture picture = noise(37, 23, channels);
        Picture back = decode(Pictures.encode(picture, PictureFormat.PNG, MADE));
        assertThat(back.channels()).isEqualTo(channels);
        assertThat(back.pixels()).isEqualTo(picture.pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void anotherReaderSeesThePngsPixels(int channels) throws IOException {
        Picture picture = noise(16, 16, channels);
        byte[] png = Pictures.encode(picture, PictureFormat.PNG, MADE);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixel = image.getRaster().getPixel(3, 5, (int[]) null);
        for (int c = 0; c < channels; c++) {
            assertThat((byte) pixel[c]).isEqualTo(picture.pixels()[(5 * 16 + 3) * channels + c]);
        }
    }

    @Test
    void jpegKeepsAPictureAndLaysAlphaOverWhite() {
        byte[] pixels = new byte[32 * 32 * 4];
        for (int i = 0; i < 32 * 16; i++) {
            pixels[i * 4] = (byte) 200;
            pixels[i * 4 + 3] = (byte) 255;
        }
        Picture back = decode(Pictures.encode(new Picture(32, 32, 4, pixels), PictureFormat.JPEG, MADE));
        assertThat(back.channels()).isEqualTo(3);
        assertThat(back.pixels()[0] & 0xFF).isBetween(190, 210);
        assertThat(back.pixels()[(31 * 32 + 31) * 3] & 0xFF).isGreaterThan(250);
        Picture grey = decode(Pictures.encode(noise(8, 8, 1), PictureFormat.JPEG, MADE));
        assertThat(grey.channels()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void provenanceIsReadBackByAnIndependentReader(PictureFormat format) throws Exception {
        byte[] file = Pictures.encode(noise(32, 32, 3), format, MADE);
        Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(file));
        Map<String, String> xmp = metadata.getDirectoriesOfType(XmpDirectory.class)
                .iterator()
                .next()
                .getXmpProperties();
        assertThat(xmp)
                .containsEntry("Iptc4xmpExt:DigitalSourceType", Provenance.DIGITAL_SOURCE_TYPE)
                .containsEntry("atelier:Model", "gan-tiles")
                .containsEntry("atelier:ModelDigest", MADE.modelDigest().hex())
                .containsEntry("atelier:Seed", "-7")
                .containsEntry("atelier:DeviceClass", MADE.deviceClass())
                .containsEntry("atelier:Parameters[1]", "count=2")
                .containsEntry("atelier:Parameters[2]", "label=<wall> & \"door\" \ufffd\ud83c\udfa8");
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void sameWorkIsTheSameBytes(PictureFormat format) {
        assertThat(Pictures.encode(noise(32, 32, 4), format, MADE))
                .isEqualTo(Pictures.encode(noise(32, 32, 4), format, MADE));
    }

    @Test
    void paletteInterlacedAndSixteenBitFilesAreRead() throws IOException {
        BufferedImage palette = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(1, 1, 0xFFFF0000);
        Picture indexed = decode(write(palette, "png"));
        assertThat(indexed.pixels()[(4 + 1) * indexed.channels()] & 0xFF).isEqualTo(255);
        BufferedImage deep = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(2, 1, 0, 0xABCD);
        Picture grey = decode(write(deep, "png"));
        assertThat(grey.channels()).isEqualTo(1);
        assertThat(grey.pixels()[4 + 2]).isEqualTo((byte) 0xAB);
        BufferedImage middle = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        middle.getRaster().setSample(0, 0, 0, 100);
        assertThat(decode(write(middle, "png")).pixels()[0]).isEqualTo((byte) 100);
    }

    @Test
    void textIsNoPicture() {
        assertProblem("Dear service, draw me a sheep".getBytes(StandardCharsets.UTF_8), ErrorCode.NOT_A_PICTURE);
        assertProblem(new byte[0], ErrorCode.NOT_A_PICTURE);
        assertProblem("GIF89a".getBytes(StandardCharsets.UTF_8), ErrorCode.NOT_A_PICTURE);
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void truncatedFilesAreNoPictures(PictureFormat format) {
        byte[] whole = Pictures.encode(noise(24, 24, 3), format, MADE);
        for (int length = 0; length < whole.length; length += 7) {
            assertProblem(Arrays.copyOf(whole, length), ErrorCode.NOT_A_PICTURE);
        }
        assertProblem(Arrays.copyOf(whole, whole.length - 1), ErrorCode.NOT_A_PICTURE);
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void damagedFilesAnswerAProblemOrAPicture(PictureFormat format) {
        byte[] whole = Pictures.encode(noise(24, 24, 3), format, MADE);
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                Pictures.decode(damaged, "image", 100_000);
            } catch (ProblemException e) {
                assertThat(e.problem().field()).contains("image");
            }
        }
    }

    @Test
    void headerIsCheckedBeforeAnythingIsAllocated() {
        byte[] png = Pictures.encode(noise(8, 8, 1), PictureFormat.PNG, MADE);
        ByteBuffer.wrap(png).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
        assertProblem(png, ErrorCode.TOO_LARGE);
        ByteBuffer.wrap(png).putInt(16, 2049).putInt(20, 2048);
        assertProblem(png, ErrorCode.TOO_LARGE);
        assertThatThrownBy(() -> Pictures.decode(png, "content.data", 100))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().field()).contains("content.data");
                    assertThat(e.problem().limit()).contains("100 pixels");
                });
    }

    @Test
    void textChunksAreNeverInflated() {
        byte[] png = Pictures.encode(noise(8, 8, 1), PictureFormat.PNG, MADE);
        byte[] garbage = "zTXt that no decoder may look at".getBytes(StandardCharsets.UTF_8);
        ByteBuffer with = ByteBuffer.allocate(png.length + 12 + garbage.length).put(png, 0, 33);
        PngEncoder.chunk(with, "zTXt", ByteBuffer.wrap(garbage));
        with.put(png, 33, png.length - 33);
        assertThat(decode(with.array()).pixels()).isEqualTo(noise(8, 8, 1).pixels());
    }

    @Test
    void jpegOfThousandsOfScansIsRefused() {
        byte[] jpeg = Pictures.encode(noise(8, 8, 1), PictureFormat.JPEG, MADE);
        int scan = 0;
        while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
            scan++;
        }
        int length = jpeg.length - 2 - scan;
        ByteBuffer many = ByteBuffer.allocate(scan + 1000 * length + 2).put(jpeg, 0, scan);
        for (int i = 0; i < 1000; i++) {
            many.put(jpeg, scan, length);
        }
        many.putShort((short) 0xFFD9);
        assertProblem(many.array(), ErrorCode.NOT_A_PICTURE);
    }

    @Test
    void sheetStandsInRowsAndKeepsAlpha() {
        List<Picture> three = List.of(flat(1), flat(2), flat(3));
        Picture sheet = Pictures.sheet(three, 2);
        assertThat(sheet.width()).isEqualTo(4);
        assertThat(sheet.height()).isEqualTo(4);
        assertThat(sheet.channels()).isEqualTo(4);
        assertThat(sheet.pixels()[0]).isEqualTo((byte) 1);
        assertThat(sheet.pixels()[2 * 4]).isEqualTo((byte) 2);
        assertThat(sheet.pixels()[2 * 4 * 4]).isEqualTo((byte) 3);
        assertThat(sheet.pixels()[(2 * 4 + 2) * 4 + 3]).isZero();
    }

    @Test
    void enlargingMakesSquaresOfPixels() {
        Picture small = new Picture(2, 1, 1, new byte[] {10, 20});
        assertThat(Pictures.enlarge(small, 2).pixels()).containsExactly(10, 10, 20, 20, 10, 10, 20, 20);
        assertThatThrownBy(() -> Pictures.enlarge(small, 3000)).isInstanceOf(ProblemException.class);
    }

    private static Picture flat(int value) {
        byte[] pixels = new byte[2 * 2 * 4];
        Arrays.fill(pixels, (byte) value);
        return new Picture(2, 2, 4, pixels);
    }

    private static byte[] write(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static Picture decode(byte[] bytes) {
        return Pictures.decode(bytes, "image", 1 << 22);
    }

    private static void assertProblem(byte[] bytes, ErrorCode code) {
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static Picture noise(int width, int height, int channels) {
        byte[] pixels = new byte[width * height * channels];
        new Random(3).nextBytes(pixels);
        return new Picture(width, height, channels, pixels);
    }
}
