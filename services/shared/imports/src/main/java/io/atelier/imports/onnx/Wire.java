package io.atelier.imports.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/** Protobuf fields one after another, counted and bounded; whatever is not asked for is skipped where it lies. */
final class Wire {
    /** Texts and arrays up to this size are read; larger arrays are only counted. */
    private static final int SMALL = 64;

    private final CodedInputStream in;
    private final Count fields = new Count("protobuf fields", OnnxLimits.MAX_FIELDS);
    private final Count names = new Count("bytes of names", OnnxLimits.MAX_NAMES_BYTES);
    private int depth;
    private int type;

    Wire(ByteBuffer bytes) {
        in = CodedInputStream.newInstance(bytes);
    }

    /** Takes one field, or answers that it does not want it. */
    interface Fields {
        boolean read(int number) throws IOException;
    }

    /** All fields up to the end of the file or of the message. */
    void fields(String what, long once, Fields wanted) throws IOException {
        long seen = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            fields.add(1);
            int number = WireFormat.getTagFieldNumber(tag);
            type = WireFormat.getTagWireType(tag);
            long bit = number < Long.SIZE ? 1L << number : 0;
            if ((seen & once & bit) != 0) {
                throw Refusal.notOnnx("field " + number + " stands twice in " + what);
            }
            seen |= bit;
            if (!wanted.read(number)) {
                skip();
            }
        }
    }

    /** The bits of fields that may stand once. */
    static long once(int... numbers) {
        long bits = 0;
        for (int number : numbers) {
            bits |= 1L << number;
        }
        return bits;
    }

    /** The message that is this field's value. */
    void message(String what, long once, Fields wanted) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        if (depth == OnnxLimits.MAX_MESSAGE_DEPTH) {
            throw Refusal.tooLarge("messages in messages", OnnxLimits.MAX_MESSAGE_DEPTH);
        }
        int outer = in.pushLimit(in.readRawVarint32());
        depth++;
        fields(what, once, wanted);
        depth--;
        if (in.getBytesUntilLimit() != 0) {
            throw Refusal.notOnnx("a message does not end where it says");
        }
        in.popLimit(outer);
    }

    long whole() throws IOException {
        require(WireFormat.WIRETYPE_VARINT);
        return in.readRawVarint64();
    }

    float real() throws IOException {
        require(WireFormat.WIRETYPE_FIXED32);
        return in.readFloat();
    }

    /** A name: UTF-8 without control characters, of bounded length. */
    String name() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int length = in.readRawVarint32();
        if (length < 0 || length > OnnxLimits.MAX_NAME_BYTES) {
            throw Refusal.tooLarge("bytes in one name", OnnxLimits.MAX_NAME_BYTES);
        }
        names.add(length);
        byte[] bytes = in.readRawBytes(length);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw Refusal.notOnnx("the name " + Refusal.shown(text) + " has control characters");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw Refusal.notOnnx("a name is no UTF-8");
        }
    }

    /** Skips bytes and answers how many; a few are handed on. */
    int bytes(java.util.function.Consumer<byte[]> few) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int length = in.readRawVarint32();
        if (length >= 0 && length <= SMALL) {
            few.accept(in.readRawBytes(length));
        } else {
            in.skipRawBytes(length);
        }
        return length;
    }

    /** Varints, one or an array of them; answers how many. */
    long wholes(LongConsumer each) throws IOException {
        if (type == WireFormat.WIRETYPE_VARINT) {
            each.accept(in.readRawVarint64());
            return 1;
        }
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int outer = in.pushLimit(in.readRawVarint32());
        long count = 0;
        for (; in.getBytesUntilLimit() > 0; count++) {
            each.accept(in.readRawVarint64());
        }
        in.popLimit(outer);
        return count;
    }

    /** Float32, one or an array of them; answers how many, and hands on those of a short array. */
    long reals(DoubleConsumer few) throws IOException {
        if (type == WireFormat.WIRETYPE_FIXED32) {
            few.accept(in.readFloat());
            return 1;
        }
        int length = array(Float.BYTES);
        if (length > SMALL) {
            in.skipRawBytes(length);
        } else {
            for (int i = 0; i < length / Float.BYTES; i++) {
                few.accept(in.readFloat());
            }
        }
        return length / Float.BYTES;
    }

    /** Float64, one or an array of them; answers how many. */
    long doubles() throws IOException {
        if (type == WireFormat.WIRETYPE_FIXED64) {
            in.skipRawBytes(Double.BYTES);
            return 1;
        }
        int length = array(Double.BYTES);
        in.skipRawBytes(length);
        return length / Double.BYTES;
    }

    private int array(int width) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int length = in.readRawVarint32();
        if (length < 0 || length % width != 0) {
            throw Refusal.notOnnx("an array of numbers has a wrong length");
        }
        return length;
    }

    private void skip() throws IOException {
        switch (type) {
            case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64();
            case WireFormat.WIRETYPE_FIXED32 -> in.skipRawBytes(Integer.BYTES);
            case WireFormat.WIRETYPE_FIXED64 -> in.skipRawBytes(Long.BYTES);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.skipRawBytes(in.readRawVarint32());
            default -> throw Refusal.notOnnx("it has groups, which ONNX does not");
        }
    }

    private void require(int wanted) {
        if (type != wanted) {
            throw Refusal.notOnnx("a field has another type than ONNX gives it");
        }
    }
}
