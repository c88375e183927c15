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
 * The chunks of a PNG that its pixels need; everything else is left out. Of an animation the default picture is left,
 * which is its first frame in most.
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
        if (!chunk.type.equals("IHDR") || chunk.length != PngHeader.LENGTH) {
            throw new NotPixels("the PNG does not begin with one header");
        }
        chunk.requireWhole();
        PngHeader header = PngHeader.read(ByteBuffer.wrap(chunk.bytes()));
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
                pixels.put(bytes, chunk.from, chunk.length);
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

    /** The samples of the colour that tRNS makes transparent, for grey and RGB; empty where there is none. */
    Optional<int[]> clearColour() {
        int samples = header.samplesPerPixel();
        if (header.colourType() != 0 && header.colourType() != 2) {
            return Optional.empty();
        }
        return chunk("tRNS").filter(data -> data.remaining() == samples * 2).map(data -> {
            int[] colour = new int[samples];
            for (int c = 0; c < samples; c++) {
                colour[c] = data.getShort() & 0xFFFF;
            }
            return colour;
        });
    }

    /** IDAT's contents, in one piece. */
    byte[] pixels() {
        return pixels;
    }

    /**
     * One chunk.
     *
     * @param type four letters
     * @param file what it lies in
     * @param from where its contents begin
     * @param length of its contents, in bytes
     */
    private record Chunk(String type, byte[] file, int from, int length) {
        static Chunk next(ByteBuffer in) throws NotPixels {
            int length = in.remaining() < OVERHEAD ? -1 : in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                throw new NotPixels("the PNG is cut off");
            }
            int from = in.position() + 4;
            for (int i = 1; i <= 4; i++) {
                int letter = in.get(from - i) | 0x20;
                if (letter < 'a' || letter > 'z') {
                    throw new NotPixels("the PNG is damaged");
                }
            }
            String type = new String(in.array(), from - 4, 4, StandardCharsets.ISO_8859_1);
            in.position(from + length + 4);
            return new Chunk(type, in.array(), from, length);
        }

        boolean isWhole() {
            CRC32 crc = new CRC32();
            crc.update(file, from - 4, length + 4);
            return (int) crc.getValue() == ByteBuffer.wrap(file).getInt(from + length);
        }

        void requireWhole() throws NotPixels {
            if (!isWhole()) {
                throw new NotPixels("the checksum of the PNG's " + type + " is wrong");
            }
        }

        byte[] bytes() {
            return Arrays.copyOfRange(file, from, from + length);
        }
    }
}
