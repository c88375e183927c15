package io.atelier.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.atelier.kit.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** docs/asyncapi.yaml, against which records can be held. */
final class EventContract {
    private static final String FILE = "docs/asyncapi.yaml";
    private static final String BASE = "https://atelier.invalid/asyncapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final JsonSchemaFactory schemas;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private EventContract(JsonNode document) {
        this.document = document;
        // AsyncAPI's own schema format is a superset of draft 7.
        schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V7,
                factory -> factory.schemaLoaders(loaders -> loaders.schemas(Map.of(BASE, document.toString()))));
    }

    static EventContract read() {
        try {
            return new EventContract(new YAMLMapper().readTree(Checkout.read(FILE)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(FILE + " is no YAML", e);
        }
    }

    /** The channels by address. */
    Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new TreeMap<>();
        document.path("channels").forEach(channel -> channels.put(address(channel), channel));
        return channels;
    }

    /** What is done with each channel: {@code send} or {@code receive}, as {@code "send ADDRESS"}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("operations")
                .forEach(operation -> operations.add(
                        operation.path("action").asText() + " " + address(resolved(operation.path("channel")))));
        return operations;
    }

    /** Every key at any depth. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        addKeys(document, keys);
        return keys;
    }

    private static void addKeys(JsonNode node, Set<String> keys) {
        node.properties().forEach(entry -> keys.add(entry.getKey()));
        node.forEach(child -> addKeys(child, keys));
    }

    /** The messages of a channel by name, an event's type where the message is an event. */
    Map<String, JsonNode> messages(String address) {
        Map<String, JsonNode> messages = new TreeMap<>();
        Optional.ofNullable(channels().get(address))
                .ifPresent(channel -> channel.path("messages")
                        .forEach(message ->
                                messages.put(resolved(message).path("name").asText(), message)));
        return messages;
    }

    /** A schema by its name among the components. */
    JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** The node itself, or what its reference names. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** What of a record is not as the file says; empty when all is. */
    List<String> problems(Event event) {
        Optional<String> name = nameOf(event);
        JsonNode message = messages(event.topic()).get(name.orElse(""));
        if (message == null) {
            return List.of(event.topic() + " has no message " + name.orElse("without a type"));
        }
        String pointer = message.path("$ref").asText();
        List<String> problems = new ArrayList<>();
        ObjectNode headers = JSON.createObjectNode();
        event.headers().forEach(headers::put);
        problems.addAll(problems(pointer + "/headers", headers));
        problems.addAll(problems(pointer + "/bindings/kafka/key", TextNode.valueOf(event.key())));
        if (event.header("content-type").orElse("application/json").equals("application/json")
                && !resolved(message).has("contentType")) {
            problems.addAll(payloadProblems(pointer, event));
        }
        return problems.stream()
                .map(problem -> event.topic() + " " + name.get() + " " + event.headers() + ": " + problem)
                .toList();
    }

    private List<String> payloadProblems(String pointer, Event event) {
        try {
            return problems(pointer + "/payload", JSON.readTree(event.value()));
        } catch (IOException e) {
            return List.of("no JSON: " + event.text());
        }
    }

    /** A record on a topic whose only message is no event is that message, whatever type it had before. */
    private Optional<String> nameOf(Event event) {
        Set<String> names = messages(event.topic()).keySet();
        Optional<String> only = names.stream()
                .filter(name -> names.size() == 1 && !name.startsWith("io.atelier."))
                .findFirst();
        return only.or(event::type);
    }

    private List<String> problems(String pointer, JsonNode value) {
        if (document.at(pointer.substring(1)).isMissingNode()) {
            return List.of();
        }
        Stream<ValidationMessage> found =
                schemas.getSchema(SchemaLocation.of(BASE + pointer), config).validate(value).stream();
        return found.map(ValidationMessage::getMessage).toList();
    }

    private static String address(JsonNode channel) {
        return channel.path("address").asText();
    }
}
