package io.atelier.kit.pictures;

import static io.atelier.kit.pictures.HostilePicture.noPicture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * Some 250 hostile files, each with what becomes of it where 4,194,304 pixels are allowed. None is longer than 3 MiB. They
 * are for whoever takes pictures from strangers.
 */
public final class HostilePictures {
    /** The limit of pixels that refusals are told for. */
    public static final int MAX_PIXELS = 1 << 22;

    private HostilePictures() {}

    /** All of them, made anew. */
    public static List<HostilePicture> all() {
        List<HostilePicture> all = new ArrayList<>(others());
        all.addAll(HostilePngs.all());
        all.addAll(HostileJpegs.all());
        return all;
    }

    private static List<HostilePicture> others() {
        List<HostilePicture> all = new ArrayList<>();
        all.add(other("nothing"));
        all.add(other("one byte", (byte) 0x89));
        all.add(other("3 MiB of zeros", new byte[3 << 20]));
        all.add(other("text", ascii("Dear service, draw me a sheep")));
        all.add(other("half of PNG's signature", (byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G'));
        all.add(other("PNG's signature after a mail", ascii("\u0089PNG\n\u001a\n")));
        all.add(other("GIF", written("gif")));
        all.add(other("BMP", written("bmp")));
        all.add(other("TIFF", written("tiff")));
        all.add(other(
                "WebP",
                ascii("RIFF\u001a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\u0010\7\u0010\u0011\u0011\u0088\u0088\u00fe\7\0")));
        all.add(other("AVIF", ascii("\0\0\0\u001cftypavif\0\0\0\0avifmif1miaf")));
        all.add(other("JPEG 2000", ascii("\0\0\0\u000cjP  \r\n\u0087\n")));
        all.add(other("SVG", ascii("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")));
        all.add(other("HTML", ascii("<!doctype html><img src=x onerror=alert(1)>")));
        all.add(other("PDF", ascii("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")));
        all.add(other("zip", zip()));
        all.add(other(
                "XML that includes a file", ascii("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")));
        return all;
    }

    private static HostilePicture other(String name, byte... bytes) {
        return noPicture(name, "neither PNG's nor JPEG's", bytes);
    }

    /** TIFF structures that lie, by what they are. */
    static Map<String, byte[]> exifs() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (int value : new int[] {0, 9, 65_535}) {
            all.put("orientation " + value, Exif.orientation(value, value == 9));
        }
        all.put("orientation of type 200", Exif.directory(true, 1, 200, 1, 6, 0));
        all.put("2^32-1 orientations", Exif.directory(true, 1, 3, -1, 6, 0));
        all.put("65,535 entries", Exif.directory(false, 65_535, 4, 1, 6, 0));
        all.put("a directory that follows itself", Exif.directory(true, 1, 4, 1, 6, 8));
        byte[] outside = Exif.orientation(6, true);
        Arrays.fill(outside, 4, 8, (byte) 0xFF);
        all.put("a directory outside", outside);
        byte[] within = Exif.orientation(6, true);
        Arrays.fill(within, 4, 8, (byte) 0);
        all.put("a directory within its own header", within);
        all.put("a directory that is cut off", Arrays.copyOf(Exif.orientation(6, true), 15));
        all.put("no byte order", Arrays.copyOfRange(Exif.orientation(6, true), 1, 26));
        all.put("nothing in it", new byte[0]);
        return all;
    }

    static byte[] zip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("../../etc/evil");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(new byte[100]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] written(String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(HostileJpegs.image(8, 8, BufferedImage.TYPE_INT_RGB), format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
