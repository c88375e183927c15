package io.atelier.learn.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes float32 safetensors files: 8 bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>A file is checked before a tensor of it is believed: header length, element type, shape against length, and that the
 * tensors fill the rest without gap or overlap. A fault is answered as BROKEN_PACKAGE that names the file and the fault.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">The format</a>
 */
public final class Safetensors {
    static final int MAX_HEADER_BYTES = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Safetensors() {}

    /**
     * A tensor's values.
     *
     * @param shape its dimensions
     * @param values row-major
     */
    public record Entry(long[] shape, float[] values) {}

    /** Writes and flushes to disk; tells where each tensor's values lie. */
    public static ExternalData write(Path file, Map<String, Entry> tensors) {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
            long end = offset + 4L * tensor.getValue().values().length;
            ObjectNode node = header.putObject(tensor.getKey());
            node.put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            for (long dimension : tensor.getValue().shape()) {
                shape.add(dimension);
            }
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(text);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(out, head.flip());
            for (Entry tensor : tensors.values()) {
                ByteBuffer body =
                        ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
                body.asFloatBuffer().put(tensor.values());
                writeAll(out, body);
            }
            out.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ExternalData(String.valueOf(file.getFileName()), places(tensors, 8L + padded));
    }

    private static Map<String, ExternalData.Place> places(Map<String, Entry> tensors, long from) {
        Map<String, ExternalData.Place> places = new LinkedHashMap<>();
        long offset = from;
        for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
            long length = 4L * tensor.getValue().values().length;
            places.put(tensor.getKey(), new ExternalData.Place(offset, length));
            offset += length;
        }
        return places;
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Reads a whole file, in the order of its header. */
    public static Map<String, Entry> read(Path file) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = readFully(in, 0, 8, file);
            long length = head.getLong();
            if (length < 2 || length > MAX_HEADER_BYTES || length > in.size() - 8) {
                throw broken(file, "the header's length is " + length);
            }
            byte[] text = new byte[(int) length];
            readFully(in, 8, (int) length, file).get(text);
            JsonNode header = JSON.readTree(text);
            if (header == null || !header.isObject()) {
                throw broken(file, "the header is no JSON object");
            }
            return tensors(in, 8 + length, header, file);
        } catch (JsonProcessingException e) {
            throw broken(file, "the header is not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Entry> tensors(FileChannel in, long start, JsonNode header, Path file)
            throws IOException {
        Map<String, Entry> tensors = new LinkedHashMap<>();
        long expected = 0;
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals("__metadata__")) {
                continue;
            }
            JsonNode node = field.getValue();
            if (!node.path("dtype").asText().equals("F32")) {
                throw broken(
                        file,
                        field.getKey() + " is of type " + node.path("dtype").asText("none") + ", not F32");
            }
            long[] shape = longs(node.path("shape"), field.getKey(), file);
            long[] offsets = longs(node.path("data_offsets"), field.getKey(), file);
            long bytes = byteCount(shape, field.getKey(), file);
            if (offsets.length != 2 || offsets[0] != expected || offsets[1] - offsets[0] != bytes) {
                throw broken(file, field.getKey() + " does not lie where its shape says");
            }
            float[] values = new float[(int) (bytes / 4)];
            readFully(in, start + offsets[0], (int) bytes, file).asFloatBuffer().get(values);
            tensors.put(field.getKey(), new Entry(shape, values));
            expected = offsets[1];
        }
        if (start + expected != in.size()) {
            throw broken(file, "it holds " + (in.size() - start) + " bytes of tensors, not " + expected);
        }
        return tensors;
    }

    private static long[] longs(JsonNode array, String name, Path file) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw broken(file, name + " has a shape or an offset that is no whole number");
            }
            values[i] = value.longValue();
        }
        return values;
    }

    private static long byteCount(long[] shape, String name, Path file) {
        long bytes = 4;
        for (long dimension : shape) {
            if (dimension != 0 && bytes > Integer.MAX_VALUE / dimension) {
                throw broken(file, name + " is larger than 2 GB");
            }
            bytes *= dimension;
        }
        return bytes;
    }

    private static ByteBuffer readFully(FileChannel in, long position, int count, Path file) throws IOException {
        if (position + count > in.size()) {
            throw broken(file, "it ends too early");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, position + bytes.position()) < 0) {
                throw broken(file, "it ends too early");
            }
        }
        return bytes.flip();
    }

    private static ProblemException broken(Path file, String why) {
        return Problem.of(
                        ErrorCode.BROKEN_PACKAGE, file.getFileName() + " is no readable safetensors file: " + why + ".")
                .exception();
    }
}
