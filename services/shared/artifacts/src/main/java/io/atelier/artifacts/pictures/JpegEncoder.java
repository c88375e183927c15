package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageWriteParam;

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
        byte[] plain = Coders.write(image(picture), PictureFormat.JPEG, param -> {
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
        });
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

    private static int afterJfif(byte[] jpeg) {
        boolean jfif = jpeg[2] == (byte) 0xFF && jpeg[3] == (byte) 0xE0;
        return jfif ? 4 + ByteBuffer.wrap(jpeg).getShort(4) : 2;
    }

    private static BufferedImage image(Picture picture) {
        boolean grey = picture.channels() == 1;
        BufferedImage image = new BufferedImage(
                picture.width(), picture.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = Coders.pixels(image);
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
