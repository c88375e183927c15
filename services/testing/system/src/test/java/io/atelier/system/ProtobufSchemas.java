package io.atelier.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.events.v1.FailedEvent;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Compares schemas with the protobuf messages of their names, as proto3 JSON is read and written here: strictly, with
 * proto field names, fields without presence always written, 64-bit numbers as strings in answers, no bytes in answers.
 */
final class ProtobufSchemas {
    private static final Map<String, Descriptor> MESSAGES = Stream.of(
                    GenerateImageRequest.getDescriptor(),
                    CreateTrainingJobRequest.getDescriptor(),
                    FailedEvent.getDescriptor(),
                    Artifact.getDescriptor())
            .flatMap(message -> message.getFile().getMessageTypes().stream())
            .collect(Collectors.toMap(Descriptor::getName, Function.identity()));

    private final EventContract contract;
    private final Map<String, Descriptor> compared = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    ProtobufSchemas(EventContract contract) {
        this.contract = contract;
    }

    /** The name of the component that a reference names. */
    static String name(JsonNode reference) {
        String path = reference.path("$ref").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Compares a referenced schema and all it refers to. */
    void compare(JsonNode reference, boolean answer) {
        String name = name(reference);
        Descriptor message = MESSAGES.get(name);
        JsonNode schema = contract.schema(name);
        if (message == null || !schema.isObject()) {
            differences.add("'" + name + "' must be the name of a protobuf message and of a schema");
            return;
        }
        if (compared.putIfAbsent(name, message) != null) {
            return;
        }
        expect(name, "type", "object", schema.path("type").asText());
        expect(
                name,
                "additionalProperties",
                "false",
                schema.path("additionalProperties").asText());
        Set<String> fields = names(message.getFields());
        expect(name, "properties", fields, keys(schema.path("properties")));
        Set<String> required = strings(schema.path("required"));
        required.stream().filter(field -> !fields.contains(field)).forEach(field -> expect(name, field, "a field", ""));
        for (FieldDescriptor field : message.getFields()) {
            if (answer && !field.hasPresence() && !required.contains(field.getName())) {
                expect(name, field.getName(), "required, since it is always written", "optional");
            }
            compare(name, field, schema.path("properties").path(field.getName()), answer);
        }
    }

    List<String> differences() {
        return differences;
    }

    Set<Descriptor> compared() {
        return Set.copyOf(compared.values());
    }

    private void compare(String message, FieldDescriptor field, JsonNode schema, boolean answer) {
        if (field.isMapField()) {
            expect(message, field.getName(), "object", schema.path("type").asText());
            compareOne(
                    message,
                    field.getMessageType().findFieldByName("value"),
                    schema.path("additionalProperties"),
                    answer);
        } else if (field.isRepeated()) {
            expect(message, field.getName(), "array", schema.path("type").asText());
            compareOne(message, field, schema.path("items"), answer);
        } else {
            compareOne(message, field, schema, answer);
        }
    }

    private void compareOne(String message, FieldDescriptor field, JsonNode schema, boolean answer) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            expect(message, field.getName(), field.getMessageType().getName(), name(schema));
            compare(schema, answer);
            return;
        }
        JsonNode one = contract.resolved(schema);
        Set<String> types = one.path("type").isArray()
                ? strings(one.path("type"))
                : Set.of(one.path("type").asText());
        switch (field.getJavaType()) {
            case INT -> expect(message, field.getName(), Set.of("integer"), types);
            case LONG ->
                expect(message, field.getName(), answer ? Set.of("string") : Set.of("integer", "string"), types);
            case FLOAT, DOUBLE -> expect(message, field.getName(), Set.of("number"), types);
            case BOOLEAN -> expect(message, field.getName(), Set.of("boolean"), types);
            case STRING -> expect(message, field.getName(), Set.of("string"), types);
            case ENUM -> {
                expect(message, field.getName(), Set.of("string"), types);
                Set<String> values = field.getEnumType().getValues().stream()
                        .map(EnumValueDescriptor::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
                expect(message, field.getName(), values, strings(one.path("enum")));
            }
            case BYTE_STRING -> {
                String form = one.isBoolean()
                        ? one.asText()
                        : one.path("contentEncoding").asText();
                expect(message, field.getName(), answer ? "false" : "base64", form);
            }
            case MESSAGE -> throw new AssertionError("compared above");
        }
    }

    private void expect(String message, String what, Object expected, Object documented) {
        if (!expected.equals(documented)) {
            differences.add(message + ", " + what + ": the code has " + expected + ", the file " + documented);
        }
    }

    private static Set<String> names(List<FieldDescriptor> fields) {
        return fields.stream().map(FieldDescriptor::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
