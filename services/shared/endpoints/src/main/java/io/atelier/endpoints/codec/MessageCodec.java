package io.atelier.endpoints.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.util.JsonFormat;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads and writes one message type. Immutable and thread-safe.
 *
 * @param <M> the message
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
public final class MessageCodec<M extends Message> {
    public static final String JSON = "application/json";
    public static final String PROTOBUF = "application/protobuf";

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence() // a class index or seed of 0 is a value, not an absence
            .omittingInsignificantWhitespace();

    private final M example;
    private final Parser<M> parser;

    @SuppressWarnings("unchecked") // every generated message's parser yields that message
    private MessageCodec(M example) {
        this.example = example;
        this.parser = (Parser<M>) example.getParserForType();
    }

    public static <M extends Message> MessageCodec<M> of(M defaultInstance) {
        return new MessageCodec<>(defaultInstance);
    }

    /**
     * Reads a message.
     *
     * @param contentType {@code application/json}, {@code application/protobuf} or empty for JSON; parameters are ignored
     * @throws io.atelier.kernel.ProblemException UNDECODABLE, UNKNOWN_FIELD, WRONG_TYPE, CONFLICTING_FIELDS
     */
    public M decode(String contentType, byte[] data) {
        return switch (bare(contentType)) {
            case "", JSON -> StrictJson.read(example, data);
            case PROTOBUF, "application/x-protobuf" -> parse(data);
            default ->
                throw Problem.of(
                                ErrorCode.UNDECODABLE,
                                "Data comes as " + JSON + " or " + PROTOBUF + ", not as another content type.")
                        .exception();
        };
    }

    /** Writes a message as a content type, JSON unless it is protobuf. */
    public byte[] encode(String contentType, M message) {
        if (bare(contentType).equals(PROTOBUF)) {
            return deterministic(message);
        }
        try {
            return PRINTER.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("only Any can fail to print, and no message here has one", e);
        }
    }

    /** Serialises with map entries sorted, so that equal messages give equal bytes. */
    public static byte[] deterministic(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array of the right size takes the message", e);
        }
        return bytes;
    }

    private M parse(byte[] data) {
        try {
            return parser.parseFrom(data);
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(
                            ErrorCode.UNDECODABLE,
                            "The data is no protobuf message "
                                    + example.getDescriptorForType().getFullName() + ".")
                    .exception(e);
        }
    }

    private static String bare(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }
}
