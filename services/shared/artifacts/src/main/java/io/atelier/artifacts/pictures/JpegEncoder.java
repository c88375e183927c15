package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes baseline JPEG by the JDK's coder and puts XMP into an APP1 segment behind the JFIF one.
 *
 * @see <a href="https://developer.adobe.com/xmp/docs/">XMP specification part 3, JPEG</a>
 */
final class JpegEncoder {
    private static final float QUALITY = 0.92f;
    private static final byte[] XMP_HEAD = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_SEGMENT = 65_533;

    private JpegEncoder() {}

    static byte[] encode(Picture picture, String xmp) {
        byte[] text = xmp.getBytes(StandardCharsets.UTF_8);
        int length = XMP_HEAD.length + text.length;
        if (length > MAX_SEGMENT) {
            throw new IllegalArgumentException("a JPEG's XMP has at most " + MAX_SEGMENT + " bytes, not " + length);
        }
        byte[] plain = plain(image(picture));
        int at = afterJfif(plain);
        return ByteBuffer.allocate(plain.length + 4 + length)
                .put(plain, 0, at)
                .putShort((short) 0xFFE1)
                .putShort((short) (length + 2))
                .put(XMP_HEAD)
                .put(text)
                .put(plain, at, plain.length - at)
                .array();
    }

    private static byte[] plain(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriter writer = Coders.writer(PictureFormat.JPEG);
            try {
                ImageWriteParam param = writer.getDefaultWriteParam();
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
                param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
                writer.setOutput(stream);
                writer.write(null, new IIOImage(image, null, null), param);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static int afterJfif(byte[] jpeg) {
        boolean jfif = jpeg[2] == (byte) 0xFF && jpeg[3] == (byte) 0xE0;
        return jfif ? 4 + ByteBuffer.wrap(jpeg).getShort(4) : 2;
    }

    private static BufferedImage image(Picture picture) {
        boolean grey = picture.channels() == 1;
        BufferedImage image = new BufferedImage(
                picture.width(), picture.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] from = picture.pixels();
        if (grey) {
            System.arraycopy(from, 0, to, 0, from.length);
            return image;
        }
        int step = picture.channels();
        for (int i = 0, o = 0; i < from.length; i += step, o += 3) {
            int alpha = step == 4 ? from[i + 3] & 0xFF : 255;
            for (int c = 0; c < 3; c++) {
                to[o + 2 - c] = (byte) OverWhite.blend(from[i + c] & 0xFF, alpha);
            }
        }
        return image;
    }
}
