package io.atelier.kit.pictures;

import static io.atelier.kit.pictures.HostilePicture.noPicture;
import static io.atelier.kit.pictures.HostilePicture.read;
import static io.atelier.kit.pictures.HostilePicture.tooLarge;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Hostile JPEGs. */
final class HostileJpegs {
    private static final JpegFile GOOD = JpegFile.of(image(40, 24, BufferedImage.TYPE_3BYTE_BGR));
    private static final JpegFile GREY = JpegFile.of(image(40, 24, BufferedImage.TYPE_BYTE_GRAY));
    private static final byte[] SOI = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] EOI = {(byte) 0xFF, (byte) 0xD9};
    /** Where a frame header has its depth, height, width, count of components, and its first component's sampling. */
    private static final int DEPTH = 4;

    private static final int HEIGHT = 5;
    private static final int WIDTH = 7;
    private static final int COMPONENTS = 9;
    private static final int SAMPLING = 11;

    private HostileJpegs() {}

    static List<HostilePicture> all() {
        List<HostilePicture> all = new ArrayList<>();
        all.addAll(cut());
        all.addAll(markers());
        all.addAll(frames());
        all.addAll(tables());
        all.addAll(scans());
        all.addAll(inks());
        all.addAll(beside());
        return all;
    }

    static BufferedImage image(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, 0xFF000000 | i * 7 % 256 << 16 | i % 256 << 8 | i / width * 9 % 256);
        }
        return image;
    }

    /** A JPEG with segments of every kind, cut before each, and within it. */
    private static List<HostilePicture> cut() {
        JpegFile file = GOOD.with(
                Exif.segment(Exif.orientation(6, true)),
                Exif.profile(Profiles.rotated()),
                JpegFile.segment(0xFE, ascii("a comment")),
                JpegFile.segment(0xDD, (byte) 0, (byte) 2));
        List<HostilePicture> all = new ArrayList<>();
        for (int i = 1; i < file.segments().size(); i++) {
            String kind = i + " (%02X)".formatted(file.code(i));
            byte[] before = file.bytes(i);
            byte[] segment = file.segments().get(i);
            all.add(noPicture("JPEG cut before segment " + kind, i == 1 ? "neither" : "cut off", before));
            byte[] half = Exif.join(before, Arrays.copyOf(segment, segment.length / 2));
            all.add(noPicture("JPEG cut within segment " + kind, "cut off", half));
        }
        return all;
    }

    private static List<HostilePicture> markers() {
        byte[] fill = new byte[1 << 20];
        Arrays.fill(fill, (byte) 0xFF);
        return List.of(
                noPicture("JPEG of its two ends", "no pixels", Exif.join(SOI, EOI)),
                noPicture("JPEG of 1 MiB of fill", "no pixels", Exif.join(SOI, fill, Arrays.copyOfRange(EOI, 1, 2))),
                read("1 MiB of fill before a segment", GOOD.with(fill).bytes()),
                noPicture(
                        "zeros between segments",
                        "damaged",
                        GOOD.with(new byte[9]).bytes()),
                noPicture(
                        "segment of length 0",
                        "cut off",
                        GOOD.with(new byte[] {-1, (byte) 0xFE, 0, 0}).bytes()),
                noPicture(
                        "segment of length 1",
                        "cut off",
                        GOOD.with(new byte[] {-1, (byte) 0xFE, 0, 1}).bytes()),
                read("400,000 application segments", many(400_000, JpegFile.segment(0xEF))),
                read("400,000 comments", many(400_000, JpegFile.segment(0xFE, (byte) 7))),
                read("comments within comments", many(40, JpegFile.segment(0xFE, nested()))),
                read("40 comments of 65,533 bytes", many(40, JpegFile.segment(0xFE, new byte[65_533]))),
                read("10,000 JFIF segments", many(10_000, GOOD.segments().get(1))),
                noPicture("image within the image", "cut off", GOOD.with(SOI).bytes()),
                noPicture(
                        "restart outside a scan",
                        "cut off",
                        GOOD.with(new byte[] {-1, (byte) 0xD0}).bytes()));
    }

    private static byte[] nested() {
        byte[] inner = JpegFile.segment(0xFE, JpegFile.segment(0xFE, JpegFile.segment(0xFE, ascii("deep"))));
        return Exif.join(inner, inner, new byte[] {-1});
    }

    private static List<HostilePicture> frames() {
        byte[] frame = segment(GOOD, JpegFile.SOF);
        return List.of(
                noPicture("JPEG 0x0", "no pixels", sized(0, 0)),
                noPicture("JPEG of no lines, to be told later", "no pixels", sized(40, 0)),
                noPicture("JPEG of no width", "no pixels", sized(0, 24)),
                tooLarge("JPEG 65535x65535", "65535x65535", sized(65_535, 65_535)),
                tooLarge("JPEG 65535x65", "65535x65", sized(65_535, 65)),
                noPicture("JPEG 2048x2048 in 900 bytes", "fewer", sized(2048, 2048)),
                frame("5 components", "5 components", COMPONENTS, 5),
                frame("0 components", "0 components", COMPONENTS, 0),
                noPicture(
                        "2 components",
                        "2 components",
                        GOOD.change(JpegFile.SOF, old -> put(Arrays.copyOf(old, 16), 3, 14, COMPONENTS, 2))
                                .bytes()),
                frame("4 components in the room of 3", "damaged", COMPONENTS, 4),
                frame("12 bits", "12 bits", DEPTH, 12),
                frame("lossless", "lossless", 1, 0xC3),
                frame("hierarchical", "hierarchical", 1, 0xC5),
                frame("arithmetic-coded", "arithmetic", 1, 0xC9),
                frame("arithmetic-coded progressive", "arithmetic", 1, 0xCA),
                frame("lossless arithmetic-coded", "arithmetic", 1, 0xCB),
                frame("JPEG-LS", "one frame", 1, 0xF7),
                noPicture(
                        "hierarchy",
                        "hierarchical",
                        GOOD.with(put(frame, 1, 0xDE)).bytes()),
                noPicture(
                        "expansion",
                        "hierarchical",
                        GOOD.with(JpegFile.segment(0xDF, (byte) 1)).bytes()),
                noPicture("two frames", "one frame", GOOD.with(frame).bytes()),
                noPicture("no frame", "one frame", GOOD.without(JpegFile.SOF).bytes()),
                noPicture(
                        "frame of 3 bytes",
                        "one frame",
                        GOOD.change(JpegFile.SOF, old -> JpegFile.segment(JpegFile.SOF, new byte[3]))
                                .bytes()),
                frame("sampling of 0", "cannot be decoded", SAMPLING, 0),
                frame("sampling of 15", "cannot be decoded", SAMPLING, 0xFF),
                frame("quantisation table 9", "cannot be decoded", SAMPLING + 1, 9));
    }

    private static List<HostilePicture> tables() {
        return List.of(
                noPicture(
                        "no quantisation",
                        "cannot be decoded",
                        GOOD.without(JpegFile.DQT).bytes()),
                noPicture(
                        "no codes",
                        "cannot be decoded",
                        GOOD.without(JpegFile.DHT).bytes()),
                noPicture(
                        "codes of 255 each length",
                        "cannot be decoded",
                        GOOD.change(JpegFile.DHT, old -> {
                                    Arrays.fill(old, 5, 21, (byte) 255);
                                    return old;
                                })
                                .bytes()),
                noPicture(
                        "codes that overlap",
                        "cannot be decoded",
                        GOOD.change(JpegFile.DHT, old -> put(old, 5, 16, 6, 0)).bytes()),
                noPicture(
                        "codes of table 200",
                        "cannot be decoded",
                        GOOD.change(JpegFile.DHT, old -> put(old, 4, 200)).bytes()),
                noPicture(
                        "quantisation of table 15",
                        "cannot be decoded",
                        GOOD.change(JpegFile.DQT, old -> put(old, 4, 15)).bytes()),
                read(
                        "quantisation by 0",
                        GOOD.change(JpegFile.DQT, old -> {
                                    Arrays.fill(old, 5, 69, (byte) 0);
                                    return old;
                                })
                                .bytes()),
                read("20,000 quantisation tables", many(20_000, segment(GOOD, JpegFile.DQT))));
    }

    private static List<HostilePicture> scans() {
        byte[] scan = segment(GREY, JpegFile.SOS);
        byte[] storm = new byte[1 << 20];
        for (int i = 0; i < storm.length; i += 2) {
            storm[i] = -1;
            storm[i + 1] = (byte) (0xD0 + i / 2 % 8);
        }
        JpegFile progressive = JpegFile.progressive(image(40, 24, BufferedImage.TYPE_3BYTE_BGR));
        return List.of(
                noPicture("no scan", "no pixels", GOOD.without(JpegFile.SOS).bytes()),
                noPicture(
                        "1,000 scans",
                        "64 scans",
                        GREY.change(
                                        JpegFile.SOS,
                                        old -> Exif.join(
                                                Collections.nCopies(1000, scan).toArray(byte[][]::new)))
                                .bytes()),
                noPicture("100,000 empty progressive scans", "64 scans", refinements(64, 100_000)),
                noPicture("65 scans", "64 scans", refinements(64, 65)),
                read("64 scans of 2048x2048", refinements(2048, 64)),
                read(
                        "restart after each block, without a restart",
                        GOOD.with(JpegFile.segment(0xDD, (byte) 0, (byte) 1)).bytes()),
                read(
                        "restarts of 1 MiB",
                        GOOD.change(JpegFile.SOS, old -> Exif.join(old, storm)).bytes()),
                read(
                        "scan of nothing",
                        GOOD.change(JpegFile.SOS, old -> Arrays.copyOf(old, 14)).bytes()),
                noPicture(
                        "scan of an unknown component",
                        "cannot be decoded",
                        GOOD.change(JpegFile.SOS, old -> put(old, 5, 77)).bytes()),
                noPicture(
                        "scan of 200 components",
                        "cannot be decoded",
                        GOOD.change(JpegFile.SOS, old -> put(old, 4, 200)).bytes()),
                noPicture(
                        "scan with unknown codes",
                        "cannot be decoded",
                        GOOD.change(JpegFile.SOS, old -> put(old, 6, 0x33)).bytes()),
                read("progressive without its first scan", withoutFirstScan(progressive)));
    }

    /** A progressive grey square: its first scan of zeros, then scans over all blocks that change none. */
    private static byte[] refinements(int side, int scans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SOI);
        out.writeBytes(segment(GREY, JpegFile.DQT));
        out.writeBytes(JpegFile.segment(
                0xC2,
                ByteBuffer.allocate(9)
                        .put((byte) 8)
                        .putShort((short) side)
                        .putShort((short) side)
                        .put(new byte[] {1, 1, 0x11, 0})
                        .array()));
        // one code of one bit each: a difference of 0; the longest run of empty blocks
        byte[] direct = new byte[18];
        direct[1] = 1;
        byte[] alternating = new byte[18];
        alternating[0] = 0x10;
        alternating[1] = 1;
        alternating[17] = (byte) 0xE0;
        out.writeBytes(JpegFile.segment(JpegFile.DHT, direct));
        out.writeBytes(JpegFile.segment(JpegFile.DHT, alternating));
        int blocks = side / 8 * (side / 8);
        out.writeBytes(JpegFile.segment(JpegFile.SOS, (byte) 1, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 1));
        out.writeBytes(new byte[blocks / 8]);
        byte[] scan = JpegFile.segment(JpegFile.SOS, (byte) 1, (byte) 1, (byte) 0, (byte) 1, (byte) 63, (byte) 0);
        byte[] run = new byte[blocks / 16_384 * 2 + 4]; // each 15 bits: 16,384 blocks and more
        for (int i = 1; i < scans; i++) {
            out.writeBytes(scan);
            out.writeBytes(run);
        }
        out.writeBytes(EOI);
        return out.toByteArray();
    }

    private static byte[] withoutFirstScan(JpegFile progressive) {
        boolean[] first = {true};
        return progressive
                .change(JpegFile.SOS, old -> {
                    byte[] kept = first[0] ? new byte[0] : old;
                    first[0] = false;
                    return kept;
                })
                .bytes();
    }

    private static List<HostilePicture> inks() {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        JpegFile four = JpegFile.of(raster);
        byte[] adobe = adobe(2);
        return List.of(
                noPicture("inks without a profile", "four inks", four.bytes()),
                noPicture(
                        "inks with a profile for RGB",
                        "four inks",
                        four.with(Exif.profile(Profiles.rotated())).bytes()),
                noPicture(
                        "inks with half a profile",
                        "four inks",
                        four.with(Exif.profileInPieces(Profiles.inks(), 2).get(1))
                                .bytes()),
                noPicture(
                        "inks with a broken profile",
                        "four inks",
                        four.with(Exif.profile(Arrays.copyOf(Profiles.inks(), 200)))
                                .bytes()),
                read(
                        "inks with a profile",
                        four.with(Exif.profile(Profiles.inks())).bytes()),
                read(
                        "YCCK with a profile",
                        four.with(adobe, Exif.profile(Profiles.inks())).bytes()),
                read(
                        "10,000 words of Adobe",
                        GOOD.with(Exif.join(
                                        Collections.nCopies(10_000, adobe(1)).toArray(byte[][]::new)))
                                .bytes()),
                noPicture(
                        "unknown transform of Adobe",
                        "cannot be decoded",
                        GOOD.with(adobe(200)).bytes()));
    }

    private static byte[] adobe(int transform) {
        return JpegFile.segment(0xEE, Exif.join(ascii("Adobe"), new byte[6], new byte[] {(byte) transform}));
    }

    private static List<HostilePicture> beside() {
        List<HostilePicture> all = new ArrayList<>();
        for (Map.Entry<String, byte[]> exif : HostilePictures.exifs().entrySet()) {
            all.add(read(
                    "JPEG with " + exif.getKey(),
                    GOOD.with(Exif.segment(exif.getValue())).bytes()));
        }
        byte[] icc = Profiles.rotated();
        byte[] part = Arrays.copyOf(icc, 200);
        all.add(read(
                "profile in 255 pieces, all the first",
                GOOD.with(Exif.join(Collections.nCopies(255, Exif.piece(1, 255, part))
                                .toArray(byte[][]::new)))
                        .bytes()));
        all.add(read("profile in 0 pieces", GOOD.with(Exif.piece(1, 0, icc)).bytes()));
        all.add(read("profile's piece 0", GOOD.with(Exif.piece(0, 1, icc)).bytes()));
        all.add(read("profile's piece 9 of 3", GOOD.with(Exif.piece(9, 3, icc)).bytes()));
        all.add(read(
                "profile of a word",
                GOOD.with(JpegFile.segment(0xE2, ascii("ICC_PROFILE\0"))).bytes()));
        all.add(read(
                "profile of 2.9 MiB in pieces",
                GOOD.with(Exif.join(Exif.profileInPieces(Arrays.copyOf(icc, 2_900_000), 50)
                                .toArray(byte[][]::new)))
                        .bytes()));
        byte[] jfif = ascii("JFIF\0\1\1\0\0\1\0\1\0\0");
        jfif[12] = -1;
        jfif[13] = -1;
        all.add(read(
                "JFIF thumbnail of 255x255 in no bytes",
                GOOD.change(0xE0, old -> JpegFile.segment(0xE0, jfif)).bytes()));
        all.add(read(
                "JFIF thumbnail that is a huge JPEG",
                GOOD.with(JpegFile.segment(0xE0, Exif.join(ascii("JFXX\0\u0010"), sized(65_535, 65_535))))
                        .bytes()));
        all.add(read(
                "EXIF thumbnail that is a huge JPEG",
                GOOD.with(Exif.segment(Exif.join(Exif.directory(true, 1, 3, 1, 1, 26), sized(65_535, 65_535))))
                        .bytes()));
        all.add(read(
                "JPEG with a page in its comment",
                GOOD.with(JpegFile.segment(0xFE, ascii("<script>alert(1)</script>")))
                        .bytes()));
        all.add(read("JPEG with a zip behind it", Exif.join(GOOD.bytes(), HostilePictures.zip())));
        all.add(read("JPEG with a huge JPEG behind it", Exif.join(GOOD.bytes(), sized(65_535, 65_535))));
        all.add(noPicture("GIF that is a JPEG too", "neither", Exif.join(ascii("GIF89a"), GOOD.bytes())));
        return all;
    }

    private static HostilePicture frame(String name, String rule, int at, int value) {
        return noPicture(
                name,
                rule,
                GOOD.change(JpegFile.SOF, old -> put(old, at, value)).bytes());
    }

    private static byte[] sized(int width, int height) {
        return GOOD.change(
                        JpegFile.SOF,
                        old -> put(old, HEIGHT, height >> 8, HEIGHT + 1, height, WIDTH, width >> 8, WIDTH + 1, width))
                .bytes();
    }

    private static byte[] many(int count, byte[] segment) {
        return GOOD.with(Exif.join(Collections.nCopies(count, segment).toArray(byte[][]::new)))
                .bytes();
    }

    /** Places and bytes in turn. */
    private static byte[] put(byte[] bytes, int... placesAndValues) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < placesAndValues.length; i += 2) {
            changed[placesAndValues[i]] = (byte) placesAndValues[i + 1];
        }
        return changed;
    }

    private static byte[] segment(JpegFile file, int code) {
        for (int i = 0; i < file.segments().size(); i++) {
            if (file.code(i) == code) {
                return file.segments().get(i);
            }
        }
        throw new IllegalArgumentException("no segment " + code);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
