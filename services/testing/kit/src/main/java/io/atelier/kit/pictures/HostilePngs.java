package io.atelier.kit.pictures;

import static io.atelier.kit.pictures.HostilePicture.noPicture;
import static io.atelier.kit.pictures.HostilePicture.read;
import static io.atelier.kit.pictures.HostilePicture.tooLarge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hostile PNGs. */
final class HostilePngs {
    private static final byte[] BLACK = {0, 0};
    private static final byte[] RGB = {0, 1, 2, 3};
    private static final byte[] BOMB = PngFile.deflateZeros(64 << 20);

    private HostilePngs() {}

    static List<HostilePicture> all() {
        List<HostilePicture> all = new ArrayList<>();
        all.addAll(cut());
        all.addAll(chunks());
        all.addAll(headers());
        all.addAll(palettes());
        all.addAll(sizes());
        all.addAll(pixels());
        all.addAll(profiles());
        all.addAll(beside());
        return all;
    }

    /** A PNG with chunks of every kind, cut before each, and within it. */
    private static List<HostilePicture> cut() {
        PngFile file = PngFile.of(4, 4, 8, 3)
                .numbers("gAMA", 45_455)
                .numbers("cHRM", 31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000)
                .profile(PngFile.deflate(Profiles.rotated()))
                .chunk("PLTE", new byte[12])
                .chunk("tRNS", (byte) 9)
                .chunk("tEXt", ascii("Title\0A picture"))
                .chunk("zTXt", Exif.join(ascii("Comment\0\0"), PngFile.deflate(new byte[500])))
                .chunk("iTXt", ascii("Author\0\0\0\0\0Somebody"))
                .chunk("eXIf", Exif.orientation(6, true))
                .pixels(new byte[20]);
        byte[] whole = file.end();
        List<HostilePicture> all = new ArrayList<>();
        int at = 8;
        while (at < whole.length) {
            String type = new String(whole, at + 4, 4, StandardCharsets.ISO_8859_1);
            int end = at + 12 + ByteBuffer.wrap(whole).getInt(at);
            all.add(noPicture("PNG cut before " + type, "cut off", Arrays.copyOf(whole, at)));
            all.add(noPicture("PNG cut within " + type, "cut off", Arrays.copyOf(whole, (at + end) / 2)));
            at = end;
        }
        all.add(noPicture("PNG without its last byte", "cut off", Arrays.copyOf(whole, whole.length - 1)));
        all.add(noPicture("PNG without a chunk", "cut off", PngFile.empty().bytes()));
        return all;
    }

    private static List<HostilePicture> chunks() {
        byte[] pixels = PngFile.deflate(BLACK);
        byte[] header = PngFile.header(1, 1, 8, 0, 0, 0, 0);
        return List.of(
                noPicture(
                        "wrong checksum of IHDR",
                        "checksum of the PNG's IHDR",
                        PngFile.empty()
                                .chunk(header.length, ascii("IHDR"), header, 1)
                                .pixels(BLACK)
                                .end()),
                noPicture(
                        "wrong checksum of IDAT",
                        "checksum of the PNG's IDAT",
                        grey().chunk(pixels.length, ascii("IDAT"), pixels, 1).end()),
                noPicture(
                        "wrong checksum of PLTE",
                        "checksum of the PNG's PLTE",
                        PngFile.of(1, 1, 8, 3)
                                .chunk(3, ascii("PLTE"), new byte[3], 1)
                                .pixels(BLACK)
                                .end()),
                read(
                        "wrong checksum of a text",
                        grey().chunk(3, ascii("tEXt"), ascii("A\0b"), 1)
                                .pixels(BLACK)
                                .end()),
                noPicture("chunk of 2^31-1 bytes", "cut off", lying(Integer.MAX_VALUE)),
                noPicture("chunk of 2^31 bytes", "cut off", lying(Integer.MIN_VALUE)),
                noPicture("chunk of 2^32-1 bytes", "cut off", lying(-1)),
                noPicture("chunk of 2^32-12 bytes, back to its own begin", "cut off", lying(-12)),
                noPicture("chunk longer than the file", "cut off", lying(pixels.length + 17)),
                noPicture("chunk shorter than its data", "checksum", lying(pixels.length - 1)),
                noPicture(
                        "chunk without a name",
                        "damaged",
                        grey().chunk("\0\0\0\0").pixels(BLACK).end()),
                noPicture(
                        "pixels before the header",
                        "begin with one header",
                        PngFile.empty().pixels(BLACK).chunk("IHDR", header).end()),
                noPicture(
                        "two headers",
                        "chunk IHDR",
                        grey().chunk("IHDR", header).pixels(BLACK).end()),
                noPicture(
                        "second, huge header",
                        "chunk IHDR",
                        grey().chunk("IHDR", PngFile.header(65_535, 65_535, 8, 0, 0, 0, 0))
                                .pixels(BLACK)
                                .end()),
                noPicture(
                        "header of 12 bytes",
                        "begin with one header",
                        PngFile.empty()
                                .chunk("IHDR", Arrays.copyOf(header, 12))
                                .pixels(BLACK)
                                .end()),
                noPicture("no pixels", "no pixels", grey().end()),
                noPicture("empty pixels", "no pixels", grey().chunk("IDAT").end()),
                noPicture(
                        "pixels in two places",
                        "two places",
                        grey().chunk("IDAT", Arrays.copyOf(pixels, 3))
                                .chunk("tEXt", ascii("A\0b"))
                                .chunk("IDAT", Arrays.copyOfRange(pixels, 3, pixels.length))
                                .end()),
                noPicture(
                        "unknown critical chunk",
                        "chunk EVIL",
                        grey().chunk("EVIL").pixels(BLACK).end()),
                read("100,000 empty IDATs", many(100_000, "IDAT", new byte[0])),
                read("a byte in each IDAT", bytewise()),
                read("150,000 texts", many(150_000, "tEXt", ascii("A\0b"))),
                read(
                        "text of 2.9 MiB",
                        grey().chunk("tEXt", new byte[2_900_000]).pixels(BLACK).end()),
                read(
                        "compressed text of 64 MiB",
                        grey().chunk("zTXt", Exif.join(ascii("A\0\0"), BOMB))
                                .pixels(BLACK)
                                .end()),
                read(
                        "compressed international text of 64 MiB",
                        grey().chunk("iTXt", Exif.join(ascii("A\0\1\0\0\0"), BOMB))
                                .pixels(BLACK)
                                .end()));
    }

    private static List<HostilePicture> headers() {
        return List.of(
                header("3 bits", "3 bits", 3, 2, 0, 0, 0),
                header("0 bits", "0 bits", 0, 0, 0, 0, 0),
                header("palette of 16 bits", "16 bits", 16, 3, 0, 0, 0),
                header("RGB of 4 bits", "4 bits", 4, 2, 0, 0, 0),
                header("colour type 1", "colour type 1", 8, 1, 0, 0, 0),
                header("colour type 5", "colour type 5", 8, 5, 0, 0, 0),
                header("colour type 255", "colour type", 8, 255, 0, 0, 0),
                header("unknown compression", "no known method", 8, 0, 1, 0, 0),
                header("unknown filtering", "no known method", 8, 0, 0, 64, 0),
                header("unknown interlacing", "no known method", 8, 0, 0, 0, 2));
    }

    private static HostilePicture header(String name, String rule, int... words) {
        byte[] bytes = PngFile.empty()
                .chunk("IHDR", PngFile.header(1, 1, words))
                .pixels(BLACK)
                .end();
        return noPicture(name, rule, bytes);
    }

    private static List<HostilePicture> palettes() {
        return List.of(
                noPicture(
                        "palette missing",
                        "no palette",
                        PngFile.of(1, 1, 8, 3).pixels(BLACK).end()),
                noPicture(
                        "palette behind the pixels",
                        "chunk PLTE",
                        PngFile.of(1, 1, 8, 3)
                                .pixels(BLACK)
                                .chunk("PLTE", new byte[3])
                                .end()),
                noPicture(
                        "two palettes",
                        "chunk PLTE",
                        PngFile.of(1, 1, 8, 3)
                                .chunk("PLTE", new byte[3])
                                .chunk("PLTE", new byte[3])
                                .pixels(BLACK)
                                .end()),
                noPicture("palette of 4 bytes", "palette has 4 bytes", palette(4)),
                noPicture("palette of no bytes", "palette has 0 bytes", palette(0)),
                noPicture("palette of 257 colours", "palette has 771 bytes", palette(771)),
                read(
                        "number beyond the palette",
                        PngFile.of(1, 1, 8, 3)
                                .chunk("PLTE", new byte[9])
                                .pixels((byte) 0, (byte) 200)
                                .end()),
                read(
                        "more transparency than palette",
                        PngFile.of(1, 1, 8, 3)
                                .chunk("PLTE", new byte[3])
                                .chunk("tRNS", new byte[256])
                                .pixels(BLACK)
                                .end()),
                read(
                        "transparency of one byte for RGB",
                        PngFile.of(1, 1, 8, 2)
                                .chunk("tRNS", (byte) 1)
                                .pixels(RGB)
                                .end()),
                read(
                        "transparency beside alpha",
                        PngFile.of(1, 1, 8, 4)
                                .chunk("tRNS", new byte[6])
                                .pixels((byte) 0, (byte) 1, (byte) 2)
                                .end()));
    }

    private static List<HostilePicture> sizes() {
        return List.of(
                noPicture("0x0", "no pixels", sized(0, 0)),
                noPicture("1x0", "no pixels", sized(1, 0)),
                noPicture("0x1", "no pixels", sized(0, 1)),
                tooLarge("65535x65535", "65535x65535", sized(65_535, 65_535)),
                tooLarge("2^31-1 a side", "2147483647x2147483647", sized(Integer.MAX_VALUE, Integer.MAX_VALUE)),
                tooLarge("2^32-1 a side", "4294967295x4294967295", sized(-1, -1)),
                tooLarge("65536x65536, 0 pixels in 32 bits", "65536x65536", sized(65_536, 65_536)),
                tooLarge("65536x1", "65536x1", sized(65_536, 1)),
                tooLarge("2049x2048", "2049x2048", sized(2049, 2048)),
                noPicture("2048x2048 in twelve bytes", "fewer", sized(2048, 2048)),
                read(
                        "64x65535",
                        PngFile.of(64, 65_535, 8, 0).zeros(65L * 65_535).end()),
                read(
                        "65535x64",
                        PngFile.of(65_535, 64, 8, 0).zeros(65_536L * 64).end()),
                read(
                        "1x65535 of 16 bits",
                        PngFile.of(1, 65_535, 16, 6).zeros(9L * 65_535).end()),
                read(
                        "2048x2048 of 16 bits and alpha in 33 kB",
                        PngFile.of(2048, 2048, 16, 6)
                                .zeros(2048L * (2048 * 8 + 1))
                                .end()),
                read(
                        "2048x2048 of 16 bits and alpha, turned, with a profile",
                        PngFile.of(2048, 2048, 16, 6)
                                .profile(PngFile.deflate(Profiles.rotated()))
                                .chunk("eXIf", Exif.orientation(7, false))
                                .zeros(2048L * (2048 * 8 + 1))
                                .end()),
                read(
                        "2048x2048 of 16 bits in linear light",
                        PngFile.of(2048, 2048, 16, 6)
                                .numbers("gAMA", 100_000)
                                .zeros(2048L * (2048 * 8 + 1))
                                .end()),
                read(
                        "2048x2048 interlaced",
                        PngFile.empty()
                                .chunk("IHDR", PngFile.header(2048, 2048, 16, 6, 0, 0, 1))
                                .zeros(2048L * 2048 * 8 + 2048 * 4)
                                .end()),
                read(
                        "2048x2048 of one bit",
                        PngFile.of(2048, 2048, 1, 0).zeros(2048L * 257).end()));
    }

    private static List<HostilePicture> pixels() {
        byte[] good = PngFile.deflate(new byte[4 * 5]);
        byte[] wrongSum = good.clone();
        wrongSum[wrongSum.length - 1] ^= 1;
        return List.of(
                noPicture(
                        "filter 5",
                        "a filter 5",
                        grey().pixels((byte) 5, (byte) 0).end()),
                noPicture(
                        "filter 255",
                        "a filter 255",
                        grey().pixels((byte) 255, (byte) 0).end()),
                noPicture(
                        "pixels of garbage",
                        "cannot be decompressed",
                        grey().chunk("IDAT", ascii("no zlib at all")).end()),
                noPicture(
                        "pixels cut off within zlib",
                        "fewer",
                        PngFile.of(64, 64, 8, 2)
                                .chunk("IDAT", Arrays.copyOf(PngFile.deflate(noise(64 * 193)), 1500))
                                .end()),
                noPicture(
                        "half of the rows",
                        "fewer",
                        PngFile.of(4, 4, 8, 0).pixels(new byte[10]).end()),
                noPicture(
                        "zlib with a dictionary",
                        "cannot be decompressed",
                        grey().chunk(
                                        "IDAT",
                                        (byte) 0x78,
                                        (byte) 0xBB,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 1,
                                        (byte) 3,
                                        (byte) 0)
                                .end()),
                noPicture(
                        "zlib of a window that is too large",
                        "cannot be decompressed",
                        grey().chunk("IDAT", (byte) 0x88, (byte) 0x1C, (byte) 3, (byte) 0)
                                .end()),
                noPicture(
                        "zlib's sum is wrong",
                        "cannot be decompressed",
                        PngFile.of(4, 4, 8, 0).chunk("IDAT", wrongSum).end()),
                read(
                        "one pixel and 64 MiB behind it",
                        grey().chunk("IDAT", BOMB).end()),
                read(
                        "one interlaced pixel",
                        PngFile.empty()
                                .chunk("IHDR", PngFile.header(1, 1, 16, 4, 0, 0, 1))
                                .pixels(new byte[5])
                                .end()));
    }

    private static List<HostilePicture> profiles() {
        List<HostilePicture> all = new ArrayList<>();
        all.add(read("profile of 64 MiB", rgb().profile(BOMB).pixels(RGB).end()));
        all.add(read(
                "profile that is no zlib",
                rgb().profile(ascii("garbage")).pixels(RGB).end()));
        all.add(read(
                "profile without a name",
                rgb().chunk("iCCP", new byte[200]).pixels(RGB).end()));
        all.add(read("profile cut off", withProfile(Arrays.copyOf(Profiles.rotated(), 300))));
        all.add(read("profile for inks", withProfile(Profiles.inks())));
        all.add(read("profile for grey", withProfile(Profiles.grey(2))));
        byte[] profile = Profiles.rotated();
        all.add(read("profile of -1 bytes", withProfile(put(profile, 0, -1))));
        all.add(read("profile of 2^31-1 bytes", withProfile(put(profile, 0, Integer.MAX_VALUE))));
        all.add(read("profile of 2^32-1 tags", withProfile(put(profile, 128, -1))));
        all.add(read("profile of 2^31-1 tags", withProfile(put(profile, 128, Integer.MAX_VALUE))));
        all.add(read("profile with a tag outside", withProfile(put(profile, 136, 1 << 30))));
        all.add(read("profile with a tag of 2^32-1 bytes", withProfile(put(profile, 140, -1))));
        all.add(read(
                "profile with tags twice",
                withProfile(put(profile, 144, ByteBuffer.wrap(profile).getInt(132)))));
        all.add(read("profile that links devices", withProfile(put(profile, 12, word("link")))));
        all.add(read("profile of version 200", withProfile(put(profile, 8, 200 << 24))));
        all.add(read("profile of curves with 2^32-1 points", withProfile(curves(new int[] {word("curv"), 0, -1}))));
        all.add(read(
                "profile of curves to the power of -32768",
                withProfile(curves(new int[] {word("para"), 0, 0, 1 << 31}))));
        all.add(read("profile of tables of 255^15 points", withProfile(tables())));
        all.add(read("profile with a program of 20,000 steps", withProfile(program())));
        return all;
    }

    private static byte[] curves(int[] words) {
        Map<String, byte[]> tags = new LinkedHashMap<>(Profiles.srgbTags());
        ByteBuffer curve = ByteBuffer.allocate(words.length * 4);
        curve.asIntBuffer().put(words);
        tags.put("gTRC", curve.array());
        return Profiles.profile("mntr", "RGB ", "XYZ ", tags);
    }

    private static byte[] tables() {
        byte[] table = new byte[200];
        ByteBuffer.wrap(table)
                .put(ascii("mft2"))
                .putInt(0)
                .put((byte) 15)
                .put((byte) 15)
                .put((byte) 255);
        return Profiles.profile("mntr", "RGB ", "Lab ", Map.of("A2B0", table));
    }

    /** A D2B0 of matrices, one behind the other. */
    private static byte[] program() {
        int steps = 20_000;
        ByteBuffer out = ByteBuffer.allocate(16 + steps * 8 + 12 + 48);
        out.put(ascii("mpet")).putInt(0).putShort((short) 3).putShort((short) 3).putInt(steps);
        for (int i = 0; i < steps; i++) {
            out.putInt(16 + steps * 8).putInt(60);
        }
        out.put(ascii("matf")).putInt(0).putShort((short) 3).putShort((short) 3);
        for (int i = 0; i < 12; i++) {
            out.putFloat(i < 9 && i % 4 == 0 ? 1 : 0);
        }
        Map<String, byte[]> tags = new LinkedHashMap<>(Profiles.srgbTags());
        tags.put("D2B0", out.array());
        tags.put("A2B0", out.array());
        return Profiles.profile("mntr", "RGB ", "XYZ ", tags);
    }

    private static List<HostilePicture> beside() {
        List<HostilePicture> all = new ArrayList<>();
        for (Map.Entry<String, byte[]> exif : HostilePictures.exifs().entrySet()) {
            all.add(read(
                    "PNG with " + exif.getKey(),
                    rgb().chunk("eXIf", exif.getValue()).pixels(RGB).end()));
        }
        int[] nothing = new int[8];
        int[] line = {31_270, 32_900, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000};
        int[] most = new int[8];
        Arrays.fill(most, Integer.MIN_VALUE);
        all.add(read("gamma of 0", rgb().numbers("gAMA", 0).pixels(RGB).end()));
        all.add(read(
                "gamma of -2^31",
                rgb().numbers("gAMA", Integer.MIN_VALUE).pixels(RGB).end()));
        all.add(read(
                "gamma of one byte", rgb().chunk("gAMA", (byte) 1).pixels(RGB).end()));
        all.add(read(
                "primaries of 0", rgb().numbers("cHRM", nothing).pixels(RGB).end()));
        all.add(read(
                "primaries on one point",
                rgb().numbers("cHRM", line).pixels(RGB).end()));
        all.add(read(
                "primaries of -2^31", rgb().numbers("cHRM", most).pixels(RGB).end()));
        all.add(read("animation of 10,000 frames", animated(10_000)));
        all.add(read(
                "animation of 2^32-1 frames",
                rgb().numbers("acTL", -1, 0).pixels(RGB).end()));
        byte[] whole = rgb().pixels(RGB).end();
        all.add(read("PNG with a zip behind it", Exif.join(whole, HostilePictures.zip())));
        all.add(read("PNG with a second PNG behind it", Exif.join(whole, sized(65_535, 65_535))));
        all.add(read(
                "PNG with a page in its text",
                rgb().chunk("tEXt", ascii("A\0<script>alert(1)</script>"))
                        .pixels(RGB)
                        .end()));
        all.add(noPicture(
                "MNG", "neither", Exif.join(new byte[] {(byte) 0x8A}, ascii("MNG\r\n\u001a\n"), new byte[40])));
        return all;
    }

    private static byte[] animated(int frames) {
        PngFile file = rgb().numbers("acTL", frames, 0);
        byte[] pixels = PngFile.deflate(RGB);
        for (int i = 0; i < frames; i++) {
            file.numbers("fcTL", i * 2, 1, 1, 0, 0, 0x0001_0064, 0);
            if (i == 0) {
                file.chunk("IDAT", pixels);
            } else {
                file.chunk("fdAT", Exif.join(new byte[4], pixels));
            }
        }
        return file.end();
    }

    private static PngFile grey() {
        return PngFile.of(1, 1, 8, 0);
    }

    private static PngFile rgb() {
        return PngFile.of(1, 1, 8, 2);
    }

    private static byte[] sized(int width, int height) {
        return PngFile.of(width, height, 8, 0).pixels(BLACK).end();
    }

    private static byte[] palette(int bytes) {
        return PngFile.of(1, 1, 8, 3)
                .chunk("PLTE", new byte[bytes])
                .pixels(BLACK)
                .end();
    }

    private static byte[] withProfile(byte[] profile) {
        return rgb().profile(PngFile.deflate(profile)).pixels(RGB).end();
    }

    private static byte[] lying(int length) {
        return grey().chunk(length, ascii("IDAT"), PngFile.deflate(BLACK), 0).end();
    }

    private static byte[] many(int count, String type, byte[] data) {
        PngFile file = grey();
        Collections.nCopies(count, data).forEach(one -> file.chunk(type, one));
        return file.pixels(BLACK).end();
    }

    private static byte[] bytewise() {
        PngFile file = PngFile.of(200, 200, 8, 2);
        for (byte one : PngFile.deflate(noise(200 * 601))) {
            file.chunk("IDAT", one);
        }
        return file.end();
    }

    /** Rows without filters would need zeros in front; 0 to 3 are filters too. */
    static byte[] noise(int length) {
        byte[] noise = new byte[length];
        int state = 1;
        for (int i = 0; i < length; i++) {
            state = state * 1_103_515_245 + 12_345;
            noise[i] = (byte) (state >>> 24 & 3);
        }
        return noise;
    }

    private static byte[] put(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putInt(at, value);
        return changed;
    }

    private static int word(String text) {
        return ByteBuffer.wrap(ascii(text)).getInt();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
