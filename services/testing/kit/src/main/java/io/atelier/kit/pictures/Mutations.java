package io.atelier.kit.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Good pictures of every kind, damaged by chance: bytes changed, cut out and put in, lengths edited, chunks and segments
 * swapped, doubled and left out. The same seed damages them in the same way.
 */
public final class Mutations {
    private final List<byte[]> good = good();
    private final long seed;

    public Mutations(long seed) {
        this.seed = seed;
    }

    /** One of them: {@code index} tells which picture and how it is damaged. */
    public byte[] get(int index) {
        Random random = new Random(seed * 1_000_003 + index);
        byte[] bytes = good.get(index % good.size());
        boolean png = bytes[0] != (byte) 0xFF;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = damaged(bytes, png, random);
        }
        // every other PNG with its checksums put right, or none would get beyond them
        return png && random.nextBoolean() ? summed(bytes) : bytes;
    }

    private static byte[] damaged(byte[] bytes, boolean png, Random random) {
        if (bytes.length < 2) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, at, 1 << random.nextInt(8));
            case 1 -> flipped(bytes, at, random.nextInt(256));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> spliced(bytes, at, Math.min(bytes.length, at + length), new byte[0]);
            case 4 -> {
                byte[] more = new byte[length];
                random.nextBytes(more);
                yield spliced(bytes, at, at, more);
            }
            case 5 -> inHead(bytes, random);
            default -> exchanged(png ? chunks(bytes) : segments(bytes), random);
        };
    }

    private static byte[] flipped(byte[] bytes, int at, int bits) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        return Exif.join(Arrays.copyOf(bytes, from), between, Arrays.copyOfRange(bytes, to, bytes.length));
    }

    /** Extreme numbers where headers, lengths and tables are. */
    private static byte[] inHead(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(Math.min(400, bytes.length));
        byte[] extremes = {0, 1, 127, -128, -1};
        int count = 1 + random.nextInt(4);
        for (int i = at; i < Math.min(changed.length, at + count); i++) {
            changed[i] = extremes[random.nextInt(extremes.length)];
        }
        return changed;
    }

    private static byte[] exchanged(List<byte[]> parts, Random random) {
        if (parts.size() < 2) {
            return Exif.join(parts.toArray(byte[][]::new));
        }
        int one = random.nextInt(parts.size());
        int other = random.nextInt(parts.size());
        switch (random.nextInt(3)) {
            case 0 -> Collections.swap(parts, one, other);
            case 1 -> parts.remove(one);
            default -> parts.add(other, parts.get(one));
        }
        return Exif.join(parts.toArray(byte[][]::new));
    }

    /** A PNG's signature and chunks, as far as their lengths can be followed. */
    private static List<byte[]> chunks(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        int at = 0;
        int next = Math.min(8, bytes.length);
        while (next > at) {
            parts.add(Arrays.copyOfRange(bytes, at, next));
            at = next;
            next = at + 8 > bytes.length
                    ? bytes.length
                    : (int) Math.clamp(at + 12L + word(bytes, at), at, bytes.length);
        }
        return parts;
    }

    /** A JPEG cut before each marker. */
    private static List<byte[]> segments(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i + 1 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xFF && (bytes[i + 1] & 0xFF) >= 0xC0 && bytes[i + 1] != (byte) 0xFF) {
                parts.add(Arrays.copyOfRange(bytes, from, i));
                from = i;
            }
        }
        parts.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return parts;
    }

    private static byte[] summed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : chunks(bytes)) {
            if (part.length >= 12) {
                CRC32 crc = new CRC32();
                crc.update(part, 4, part.length - 8);
                ByteBuffer.wrap(part).putInt(part.length - 4, (int) crc.getValue());
            }
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private static List<byte[]> good() {
        List<byte[]> all = new ArrayList<>();
        for (int[] kind :
                new int[][] {{1, 0}, {2, 0}, {4, 0}, {8, 0}, {16, 0}, {8, 2}, {16, 2}, {8, 4}, {8, 6}, {16, 6}}) {
            all.add(png(kind[0], kind[1], false));
            all.add(png(kind[0], kind[1], true));
        }
        all.add(png(4, 3, false));
        all.add(png(8, 3, true));
        BufferedImage colours = HostileJpegs.image(61, 43, BufferedImage.TYPE_3BYTE_BGR);
        List<JpegFile> jpegs = List.of(
                JpegFile.of(colours),
                JpegFile.progressive(colours),
                JpegFile.of(HostileJpegs.image(61, 43, BufferedImage.TYPE_BYTE_GRAY)),
                JpegFile.of(Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 61, 43, 4, null)));
        for (JpegFile jpeg : jpegs) {
            for (byte[] profile : List.of(Profiles.rotated(), Profiles.grey(2), Profiles.inks())) {
                all.add(jpeg.with(Exif.segment(Exif.orientation(6, false)), Exif.profile(profile))
                        .bytes());
            }
            all.add(jpeg.with(Exif.profileInPieces(Profiles.displayP3(), 3).toArray(byte[][]::new))
                    .bytes());
        }
        return all;
    }

    private static byte[] png(int depth, int colourType, boolean rich) {
        int samples = switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        PngFile file = PngFile.empty().chunk("IHDR", PngFile.header(31, 23, depth, colourType, 0, 0, rich ? 1 : 0));
        byte[] profile = colourType == 0 || colourType == 4 ? Profiles.grey(2) : Profiles.rotated();
        if (rich) {
            // stored and not compressed: damage reaches the profile itself
            file.profile(PngFile.store(profile)).chunk("eXIf", Exif.orientation(8, true));
        } else {
            file.numbers("gAMA", 60_000).numbers("cHRM", 31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
        }
        if (colourType == 3) {
            file.chunk("PLTE", new byte[3 << depth]).chunk("tRNS", (byte) 3, (byte) 200);
        }
        // more than any interlacing needs
        return file.pixels(HostilePngs.noise((31 * samples * depth / 8 + 4) * 40))
                .end();
    }
}
