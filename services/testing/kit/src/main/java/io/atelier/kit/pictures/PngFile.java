package io.atelier.kit.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A PNG, chunk after chunk; nothing is checked.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, third edition</a>
 */
public final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PngFile() {
        out.writeBytes(SIGNATURE);
    }

    /** A PNG that has its signature alone. */
    public static PngFile empty() {
        return new PngFile();
    }

    /** A PNG with its header: depth in bits, colour type as IHDR counts them, not interlaced. */
    public static PngFile of(int width, int height, int depth, int colourType) {
        return new PngFile().chunk("IHDR", header(width, height, depth, colourType, 0, 0, 0));
    }

    /** An IHDR's data. */
    public static byte[] header(int width, int height, int... others) {
        ByteBuffer header = ByteBuffer.allocate(8 + others.length).putInt(width).putInt(height);
        for (int other : others) {
            header.put((byte) other);
        }
        return header.array();
    }

    public PngFile chunk(String type, byte... data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return chunk(data.length, name, data, (int) crc.getValue());
    }

    /** A chunk that may lie about its length and checksum. */
    public PngFile chunk(int length, byte[] type, byte[] data, int checksum) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(type);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(checksum).array());
        return this;
    }

    /** A chunk of numbers of 32 bits. */
    public PngFile numbers(String type, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4);
        data.asIntBuffer().put(values);
        return chunk(type, data.array());
    }

    /** An IDAT of rows, each behind its filter's byte. */
    public PngFile pixels(byte... rows) {
        return chunk("IDAT", deflate(rows));
    }

    /** An IDAT of rows of zeros, which are black or transparent. */
    public PngFile zeros(long bytes) {
        return chunk("IDAT", deflateZeros(bytes));
    }

    /** An iCCP. */
    public PngFile profile(byte[] compressed) {
        byte[] name = "profile\0\0".getBytes(StandardCharsets.ISO_8859_1);
        return chunk(
                "iCCP",
                ByteBuffer.allocate(name.length + compressed.length)
                        .put(name)
                        .put(compressed)
                        .array());
    }

    /** The file, ended by IEND. */
    public byte[] end() {
        chunk("IEND");
        return bytes();
    }

    /** The file as it is. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    public static byte[] deflate(byte... data) {
        return deflate(data, Deflater.BEST_COMPRESSION);
    }

    /** In zlib's format, but as it is. */
    static byte[] store(byte[] data) {
        return deflate(data, Deflater.NO_COMPRESSION);
    }

    private static byte[] deflate(byte[] data, int level) {
        Deflater deflater = new Deflater(level);
        deflater.setInput(data);
        deflater.finish();
        return all(deflater);
    }

    /** So many zeros, deflated to a thousandth. */
    public static byte[] deflateZeros(long count) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 16];
        byte[] part = new byte[1 << 16];
        for (long left = count; left > 0; left -= zeros.length) {
            deflater.setInput(zeros, 0, (int) Math.min(left, zeros.length));
            while (!deflater.needsInput()) {
                all.write(part, 0, deflater.deflate(part));
            }
        }
        deflater.finish();
        all.writeBytes(all(deflater));
        return all.toByteArray();
    }

    private static byte[] all(Deflater deflater) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 16];
        while (!deflater.finished()) {
            all.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return all.toByteArray();
    }
}
