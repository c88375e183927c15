package io.atelier.endpoints.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message from proto3 JSON and says which field is at fault. protobuf's own reader takes sloppy JSON and names no
 * field for a wrong type, so Jackson checks the form and each field is read by protobuf on its own first.
 */
final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    private StrictJson() {}

    static <M extends Message> M read(M example, byte[] data) {
        JsonNode root = parse(data);
        Message.Builder whole = example.newBuilderForType();
        Map<OneofDescriptor, String> chosen = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            FieldDescriptor field = field(example.getDescriptorForType(), property.getKey());
            if (property.getValue().isNull()) {
                continue; // proto3 JSON: null is the same as absent
            }
            excludeOthers(chosen, field);
            if (whole.getAllFields().containsKey(field)) {
                throw conflict(field.getName(), "The field " + field.getName() + " is given under both its names.");
            }
            merge(whole, field, property.getValue());
        }
        @SuppressWarnings("unchecked") // a builder of M builds M
        M message = (M) whole.build();
        return message;
    }

    private static JsonNode parse(byte[] data) {
        try {
            JsonNode root = MAPPER.readTree(data);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Problem.of(ErrorCode.UNDECODABLE, "The data is no JSON" + where + ".")
                    .exception(e);
        } catch (IOException e) {
            throw Problem.of(ErrorCode.UNDECODABLE, "The data is no JSON in UTF-8.")
                    .exception(e);
        }
        throw Problem.of(ErrorCode.UNDECODABLE, "The data is no JSON object.").exception();
    }

    private static FieldDescriptor field(Descriptor type, String name) {
        for (FieldDescriptor field : type.getFields()) {
            if (field.getName().equals(name) || field.getJsonName().equals(name)) {
                return field;
            }
        }
        List<String> known =
                type.getFields().stream().map(FieldDescriptor::getName).toList();
        throw Problem.field(
                        ErrorCode.UNKNOWN_FIELD,
                        name,
                        String.join(", ", known),
                        "There is no field of this name; " + type.getName() + " knows "
                                + known.stream().collect(Collectors.joining(", ")) + ".")
                .exception();
    }

    private static void excludeOthers(Map<OneofDescriptor, String> chosen, FieldDescriptor field) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        @Nullable String other = oneof == null ? null : chosen.put(oneof, field.getName());
        if (other != null) {
            throw conflict(field.getName(), "The fields " + other + " and " + field.getName() + " exclude each other.");
        }
    }

    private static RuntimeException conflict(String field, String message) {
        return Problem.field(ErrorCode.CONFLICTING_FIELDS, field, "one of them", message)
                .exception();
    }

    private static void merge(Message.Builder whole, FieldDescriptor field, JsonNode value) {
        if (!hasForm(field, value)) {
            throw wrongType(field).exception();
        }
        try {
            PARSER.merge(
                    JsonNodeFactory.instance
                            .objectNode()
                            .set(field.getName(), value)
                            .toString(),
                    whole);
        } catch (InvalidProtocolBufferException e) {
            throw wrongType(field).exception(e);
        }
    }

    /** Whether JSON's own type fits; protobuf's reader would take a list of one string, or a number, for a string. */
    private static boolean hasForm(FieldDescriptor field, JsonNode value) {
        if (field.isMapField()) {
            return value.isObject();
        }
        if (!field.isRepeated()) {
            return entryHasForm(field, value);
        }
        for (JsonNode entry : value) {
            if (!entryHasForm(field, entry)) {
                return false;
            }
        }
        return value.isArray();
    }

    private static boolean entryHasForm(FieldDescriptor field, JsonNode value) {
        return switch (field.getJavaType()) {
            case STRING, BYTE_STRING -> value.isTextual();
            case BOOLEAN -> value.isBoolean();
            case INT, LONG, FLOAT, DOUBLE -> value.isNumber() || value.isTextual();
            case ENUM -> value.isIntegralNumber() || value.isTextual();
            case MESSAGE -> true; // well-known types have forms of their own
        };
    }

    private static Problem wrongType(FieldDescriptor field) {
        return Problem.field(
                ErrorCode.WRONG_TYPE,
                field.getName(),
                typeOf(field),
                "The field " + field.getName() + " takes " + typeOf(field) + ".");
    }

    private static String typeOf(FieldDescriptor field) {
        String one = switch (field.getJavaType()) {
            case INT -> "a whole number of 32 bits";
            case LONG -> "a whole number of 64 bits";
            case FLOAT, DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a string";
            case BYTE_STRING -> "a base64 string";
            case ENUM ->
                field.getEnumType().getValues().stream()
                        .map(value -> value.getName())
                        .collect(Collectors.joining(", ", "one of ", ""));
            case MESSAGE -> "an object";
        };
        return field.isRepeated() ? "a list, each entry " + one : one;
    }
}
