package io.atelier.kit.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A JPEG as its segments, from SOI to EOI; a scan's coded pixels belong to its header.
 *
 * @param segments each with its marker and length
 */
public record JpegFile(List<byte[]> segments) {
    static final int DQT = 0xDB;
    static final int SOF = 0xC0;
    static final int DHT = 0xC4;
    static final int SOS = 0xDA;

    public JpegFile {
        segments = List.copyOf(segments);
    }

    /** The JDK's baseline JPEG of a picture, at its best quality. */
    public static JpegFile of(BufferedImage image) {
        return write(new IIOImage(image, null, null), false);
    }

    public static JpegFile progressive(BufferedImage image) {
        return write(new IIOImage(image, null, null), true);
    }

    /** Samples as they are, without a word on what they mean. */
    public static JpegFile of(Raster samples) {
        return write(new IIOImage(samples, null, null), false);
    }

    private static JpegFile write(IIOImage image, boolean progressive) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(1);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(stream);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return parse(out.toByteArray());
    }

    private static JpegFile parse(byte[] file) {
        List<byte[]> segments = new ArrayList<>(List.of(part(file, 0, 2)));
        int at = 2;
        while (at + 2 < file.length) {
            int end = at + 2 + (ByteBuffer.wrap(file).getShort(at + 2) & 0xFFFF);
            while ((file[at + 1] & 0xFF) == SOS && !isMarker(file, end)) {
                end++;
            }
            segments.add(part(file, at, end));
            at = end;
        }
        segments.add(part(file, at, file.length));
        return new JpegFile(segments);
    }

    private static boolean isMarker(byte[] file, int at) {
        int next = file[at + 1] & 0xFF;
        return file[at] == (byte) 0xFF && next != 0 && (next < 0xD0 || next > 0xD7);
    }

    private static byte[] part(byte[] file, int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(file, from, part, 0, part.length);
        return part;
    }

    /** A segment: marker, length, data. */
    public static byte[] segment(int code, byte... data) {
        return ByteBuffer.allocate(4 + data.length)
                .put((byte) 0xFF)
                .put((byte) code)
                .putShort((short) (data.length + 2))
                .put(data)
                .array();
    }

    /** Segments put behind JFIF's. */
    public JpegFile with(byte[]... added) {
        boolean jfif = code(1) == 0xE0;
        List<byte[]> all = new ArrayList<>(segments);
        all.addAll(jfif ? 2 : 1, List.of(added));
        return new JpegFile(all);
    }

    /** Each segment of a kind replaced. */
    public JpegFile change(int code, UnaryOperator<byte[]> change) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            byte[] segment = segments.get(i).clone();
            all.add(code(i) == code ? change.apply(segment) : segment);
        }
        return new JpegFile(all);
    }

    public JpegFile without(int code) {
        return change(code, segment -> new byte[0]);
    }

    /** The marker of a segment, without its FF. */
    public int code(int index) {
        byte[] segment = segments.get(index);
        return segment.length < 2 ? 0 : segment[1] & 0xFF;
    }

    public byte[] bytes() {
        return bytes(segments.size());
    }

    /** The first segments alone. */
    public byte[] bytes(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        segments.subList(0, count).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
