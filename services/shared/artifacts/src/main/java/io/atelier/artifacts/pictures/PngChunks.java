package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG that its pixels need. Everything else is left out before the decoder sees the file: the JDK's
 * reader inflates text chunks and profiles without a bound. Of an animation the default picture is left, which is its
 * first frame in most.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, third edition</a>
 */
final class PngChunks {
    /** Deflate makes at most this many bytes of one. */
    private static final long MOST_INFLATED = 1032;

    private static final Set<String> SHOWN = Set.of("PLTE", "tRNS", "sRGB", "iCCP", "gAMA", "cHRM", "eXIf");
    private static final int OVERHEAD = 12;

    private final PngHeader header;
    private final Map<String, byte[]> shown;
    private final byte[] pixels;

    private PngChunks(PngHeader header, Map<String, byte[]> shown, byte[] pixels) {
        this.header = header;
        this.shown = shown;
        this.pixels = pixels;
    }

    static boolean claims(byte[] bytes) {
        byte[] magic = PngEncoder.SIGNATURE;
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** Walks the chunks; throws {@link NotPixels} unless they are whole and in order, from IHDR to IEND. */
    static PngChunks read(byte[] bytes) throws NotPixels {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(PngEncoder.SIGNATURE.length);
        Chunk chunk = Chunk.next(in);
        if (!chunk.type.equals("IHDR") || chunk.data.remaining() != PngHeader.LENGTH) {
            throw new NotPixels("the PNG does not begin with one header");
        }
        chunk.requireWhole();
        PngHeader header = PngHeader.read(chunk.data);
        Map<String, byte[]> shown = new HashMap<>();
        ByteBuffer pixels = ByteBuffer.allocate(bytes.length);
        boolean ended = false;
        while (true) {
            chunk = Chunk.next(in);
            if (chunk.type.equals("IEND")) {
                return new PngChunks(header, shown, Arrays.copyOf(pixels.array(), pixels.position())).checked();
            }
            if (chunk.type.equals("IDAT")) {
                if (ended) {
                    throw new NotPixels("the PNG's pixels are in two places");
                }
                chunk.requireWhole();
                pixels.put(chunk.data);
                continue;
            }
            ended = pixels.position() > 0;
            boolean late = ended && !chunk.type.equals("eXIf");
            keep(chunk, late, shown);
        }
    }

    private static void keep(Chunk chunk, boolean late, Map<String, byte[]> shown) throws NotPixels {
        boolean critical = Character.isUpperCase(chunk.type.charAt(0));
        if (critical && (late || !chunk.type.equals("PLTE") || shown.containsKey("PLTE"))) {
            throw new NotPixels("the PNG has a chunk " + chunk.type + " that does not belong there");
        }
        if (critical) {
            chunk.requireWhole();
        }
        if (SHOWN.contains(chunk.type) && !late && !shown.containsKey(chunk.type) && chunk.isWhole()) {
            shown.put(chunk.type, chunk.bytes());
        }
    }

    private PngChunks checked() throws NotPixels {
        if (pixels.length == 0) {
            throw new NotPixels("the PNG has no pixels");
        }
        byte[] palette = shown.get("PLTE");
        if (header.isPalette()) {
            if (palette == null) {
                throw new NotPixels("the PNG has no palette");
            }
            if (palette.length == 0 || palette.length % 3 != 0 || palette.length / 3 > 1 << header.depth()) {
                throw new NotPixels("the PNG's palette has " + palette.length + " bytes");
            }
        }
        return this;
    }

    PngHeader header() {
        return header;
    }

    long width() {
        return header.width();
    }

    long height() {
        return header.height();
    }

    Orientation orientation() {
        byte[] exif = shown.get("eXIf");
        return exif == null ? Orientation.UPRIGHT : Orientation.inExif(exif);
    }

    /** The contents of a chunk that says what the samples mean. */
    Optional<ByteBuffer> chunk(String type) {
        return Optional.ofNullable(shown.get(type)).map(ByteBuffer::wrap);
    }

    /** Throws {@link NotPixels} where the compressed pixels cannot be as many as the header says. */
    void requireEnough() throws NotPixels {
        if (header.leastBytes() > pixels.length * MOST_INFLATED) {
            throw new NotPixels("the PNG's pixels are fewer than its header says");
        }
    }

    /** The PNG without its other chunks, its pixels in one piece. */
    byte[] file() {
        byte[] palette = header.isPalette() ? shown.get("PLTE") : null;
        byte[] transparent = header.colourType() < 4 ? shown.get("tRNS") : null;
        int length = PngEncoder.SIGNATURE.length
                + OVERHEAD * 3
                + PngHeader.LENGTH
                + (palette == null ? 0 : OVERHEAD + palette.length)
                + (transparent == null ? 0 : OVERHEAD + transparent.length)
                + pixels.length;
        ByteBuffer out = ByteBuffer.allocate(length).put(PngEncoder.SIGNATURE);
        ByteBuffer ihdr = ByteBuffer.allocate(PngHeader.LENGTH)
                .putInt((int) header.width())
                .putInt((int) header.height())
                .put((byte) header.depth())
                .put((byte) header.colourType())
                .putShort((short) 0)
                .put((byte) (header.interlaced() ? 1 : 0));
        PngEncoder.chunk(out, "IHDR", ihdr.flip());
        if (palette != null) {
            PngEncoder.chunk(out, "PLTE", ByteBuffer.wrap(palette));
        }
        if (transparent != null) {
            PngEncoder.chunk(out, "tRNS", ByteBuffer.wrap(transparent));
        }
        PngEncoder.chunk(out, "IDAT", ByteBuffer.wrap(pixels));
        PngEncoder.chunk(out, "IEND", ByteBuffer.allocate(0));
        return out.array();
    }

    /**
     * One chunk.
     *
     * @param type four letters
     * @param data its contents
     * @param all type and contents, which the checksum is of
     * @param checksum as stored
     */
    private record Chunk(String type, ByteBuffer data, ByteBuffer all, int checksum) {
        static Chunk next(ByteBuffer in) throws NotPixels {
            if (in.remaining() < OVERHEAD) {
                throw new NotPixels("the PNG is cut off");
            }
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                throw new NotPixels("the PNG is cut off");
            }
            ByteBuffer all = in.slice(in.position(), 4 + length);
            byte[] name = new byte[4];
            all.get(0, name);
            for (byte letter : name) {
                if (!(letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z')) {
                    throw new NotPixels("the PNG is damaged");
                }
            }
            in.position(in.position() + 4 + length);
            return new Chunk(new String(name, StandardCharsets.ISO_8859_1), all.slice(4, length), all, in.getInt());
        }

        boolean isWhole() {
            CRC32 crc = new CRC32();
            crc.update(all.duplicate());
            return (int) crc.getValue() == checksum;
        }

        void requireWhole() throws NotPixels {
            if (!isWhole()) {
                throw new NotPixels("the checksum of the PNG's " + type + " is wrong");
            }
        }

        byte[] bytes() {
            byte[] bytes = new byte[data.remaining()];
            data.get(0, bytes);
            return bytes;
        }
    }
}
