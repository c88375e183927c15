package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes PNG by the JDK's coder and puts XMP into an iTXt chunk behind the header, uncompressed, so that any search for the
 * text finds it. (The coder's own way to iTXt, its metadata trees, costs more than the picture.)
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, third edition</a>
 */
final class PngEncoder {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** iTXt up to its text: keyword, then no compression, no language, no translated keyword. */
    private static final byte[] XMP_HEAD = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int AFTER_HEADER = SIGNATURE.length + 25;
    private static final int CHUNK_OVERHEAD = 12;

    private PngEncoder() {}

    static byte[] encode(Picture picture, String xmp) {
        byte[] text = xmp.getBytes(StandardCharsets.UTF_8);
        byte[] plain = Coders.write(image(picture), PictureFormat.PNG, param -> {});
        ByteBuffer itxt = ByteBuffer.allocate(XMP_HEAD.length + text.length)
                .put(XMP_HEAD)
                .put(text)
                .flip();
        ByteBuffer out = ByteBuffer.allocate(plain.length + CHUNK_OVERHEAD + itxt.remaining());
        out.put(plain, 0, AFTER_HEADER);
        chunk(out, "iTXt", itxt);
        out.put(plain, AFTER_HEADER, plain.length - AFTER_HEADER);
        return out.array();
    }

    static void chunk(ByteBuffer out, String type, ByteBuffer data) {
        CRC32 crc = new CRC32();
        out.putInt(data.remaining());
        int from = out.position();
        out.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        crc.update(out.array(), from, out.position() - from);
        out.putInt((int) crc.getValue());
    }

    private static BufferedImage image(Picture picture) {
        int type = switch (picture.channels()) {
            case 1 -> BufferedImage.TYPE_BYTE_GRAY;
            case 3 -> BufferedImage.TYPE_3BYTE_BGR;
            default -> BufferedImage.TYPE_4BYTE_ABGR;
        };
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), type);
        byte[] to = Coders.pixels(image);
        int channels = picture.channels();
        for (int i = 0; i < to.length; i += channels) {
            for (int c = 0; c < channels; c++) {
                to[i + channels - 1 - c] = picture.pixels()[i + c]; // AWT keeps its channels backwards
            }
        }
        return image;
    }
}
