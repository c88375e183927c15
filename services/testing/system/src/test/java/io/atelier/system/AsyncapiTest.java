package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.image.api.ImageRequests;
import io.atelier.image.domain.Limits;
import io.atelier.inference.flow.Solver;
import io.atelier.kernel.ModelChanged;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Status;
import io.atelier.local.Topic;
import io.atelier.local.Topics;
import io.atelier.messaging.EnvelopeLimits;
import io.atelier.messaging.EventTypes;
import io.atelier.models.ModelName;
import io.atelier.proto.events.v1.CancelEvent;
import io.atelier.proto.events.v1.CancelledEvent;
import io.atelier.proto.events.v1.FailedEvent;
import io.atelier.proto.events.v1.ModelChangedEvent;
import io.atelier.proto.events.v1.ProgressEvent;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.atelier.proto.trainer.v1.TrainingResult;
import io.atelier.trainer.api.JobMessages;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Trainings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml says what the code does: topics, directions, event types, fields and limits. */
class AsyncapiTest {
    private final EventContract contract = EventContract.read();

    @Test
    void channelsAreTheTopicsAsTheyAreMade() {
        Map<String, String> documented = new TreeMap<>();
        contract.channels().forEach((address, channel) -> {
            JsonNode kafka = channel.at("/bindings/kafka");
            Map<String, String> settings = new TreeMap<>();
            kafka.path("topicConfiguration")
                    .properties()
                    .forEach(setting -> settings.put(setting.getKey(), text(setting.getValue())));
            documented.put(address, kafka.path("partitions").asInt() + " " + settings);
        });
        Map<String, String> actual = Topics.of(Topics.KINDS).stream()
                .collect(Collectors.toMap(
                        Topic::name, topic -> topic.partitions() + " " + new TreeMap<>(topic.settings())));
        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void operationsAreWhatServicesAndCommandsDo() {
        Set<String> actual = Channels.operations();
        actual.add("send " + ModelChanged.TOPIC);
        assertThat(contract.operations()).isEqualTo(actual);
    }

    @Test
    void everyEventTypeStandsOnItsChannelWithItsMessageAndNoOther() {
        Map<String, Set<String>> documented = new TreeMap<>();
        contract.channels().keySet().forEach(address -> documented.put(address, types(address)));
        assertThat(documented).isEqualTo(actualTypes());
    }

    @Test
    void everyPayloadIsItsProtobufMessageFieldByField() {
        ProtobufSchemas schemas = new ProtobufSchemas(contract);
        contract.channels()
                .keySet()
                .forEach(address -> contract.messages(address).values().stream()
                        .map(message -> contract.resolved(message).path("payload"))
                        .flatMap(AsyncapiTest::payloads)
                        .forEach(payload ->
                                schemas.compare(payload, contract.operations().contains("send " + address))));
        assertThat(schemas.differences()).isEmpty();
        assertThat(schemas.compared())
                .containsAll(FailedEvent.getDescriptor().getFile().getMessageTypes())
                .containsAll(Stream.of(ImageRequests.MESSAGES, JobMessages.MESSAGES)
                        .flatMap(messages -> messages.values().stream())
                        .map(Message::getDescriptorForType)
                        .toList());
    }

    /** In YAML a comma ends an entry in braces, and half a sentence becomes a key. */
    @Test
    void noKeyIsHalfASentence() {
        assertThat(contract.keys()).noneMatch(key -> key.contains(" "));
    }

    @Test
    void limitsAreThoseOfTheCode() {
        assertThat(property("GenerateImageRequest", "count"))
                .containsEntry("minimum", 1L)
                .containsEntry("maximum", (long) Limits.MAX_COUNT);
        assertThat(property("GenerateImageRequest", "labels")).containsEntry("maxItems", (long) Limits.MAX_COUNT);
        assertThat(property("GenerateImageRequest", "size"))
                .containsEntry("minimum", 1L)
                .containsEntry("maximum", (long) Limits.MAX_SIZE);
        assertThat(property("GenerateImageRequest", "steps")).containsEntry("minimum", 1L);
        assertThat(property("GenerateImageRequest", "guidance"))
                .containsEntry("minimum", 0L)
                .containsEntry("maximum", (long) Limits.MAX_GUIDANCE);
        assertThat(strings(contract.schema("GenerateImageRequest").at("/properties/sampler/enum")))
                .isEqualTo(Arrays.stream(Solver.values()).map(Solver::id).collect(Collectors.toSet()));
        assertThat(property("GenerateImageResult", "images")).containsEntry("maxItems", (long) Limits.MAX_COUNT);
        for (String request : List.of("ClassifyImageRequest", "StylizeImageRequest")) {
            assertThat(property(request, "content"))
                    .containsEntry("maxLength", (Limits.MAX_EVENT_INPUT_BYTES + 2) / 3 * 4L);
        }
        assertThat(property("ClassifyImageRequest", "top_k")).containsEntry("minimum", 1L);
        assertThat(property("CreateTrainingJobRequest", "data")).containsEntry("maxLength", (long) Trainings.MAX_TEXT);
        assertThat(property("CreateTrainingJobRequest", "settings"))
                .containsEntry("maxProperties", (long) Trainings.MAX_SETTINGS);
        for (String schema : List.of("CancelEvent/id", "RequestHeaders/ce_id", "OutcomeHeaders/ce_requestid")) {
            assertLength(schema, EnvelopeLimits.MAX_ID);
        }
        for (String schema :
                List.of("CancelEvent/source", "RequestHeaders/ce_source", "OutcomeHeaders/ce_requestsource")) {
            assertLength(schema, EnvelopeLimits.MAX_SOURCE);
        }
        assertLength("RequestHeaders/ce_type", EnvelopeLimits.MAX_TYPE);
    }

    @Test
    void formsAreThoseOfTheCode() {
        assertThat(contract.schema("ModelName").path("pattern").asText()).isEqualTo("^" + modelNameForm() + "$");
        assertThat(contract.schema("ModelReference").path("pattern").asText()).startsWith("^" + modelNameForm() + "(@");
        assertThat(strings(contract.schema("FailedEvent").at("/properties/status/enum")))
                .isEqualTo(Arrays.stream(Status.values()).map(Status::name).collect(Collectors.toSet()));
    }

    private static Map<String, Set<String>> actualTypes() {
        Map<String, Set<String>> types = new TreeMap<>();
        types.put(
                "atelier.image.requests",
                ImageRequests.MESSAGES.entrySet().stream()
                        .map(type -> type(type.getKey(), type.getValue()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        types.put(
                "atelier.image.results",
                Arrays.stream(StoredOutcome.Kind.values())
                        .flatMap(kind -> outcomes(
                                "image",
                                kind,
                                GenerateImageResult.getDefaultInstance(),
                                StylizeImageResult.getDefaultInstance(),
                                ClassifyImageResponse.getDefaultInstance()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        types.put(
                "atelier.image.progress",
                Set.of(type(EventTypes.progress(ImageRequests.KIND), ProgressEvent.getDefaultInstance())));
        types.put("atelier.image.dead-letter", Set.of());
        types.put(
                "atelier.training.requests",
                JobMessages.MESSAGES.entrySet().stream()
                        .map(type -> type(type.getKey(), type.getValue()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        types.put(
                "atelier.training.results",
                Arrays.stream(StoredOutcome.Kind.values())
                        .flatMap(kind -> outcomes("training", kind, TrainingResult.getDefaultInstance()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        types.put(
                "atelier.training.progress",
                Set.of(type(EventTypes.progress(TrainingEnds.KIND), ProgressEvent.getDefaultInstance())));
        types.put("atelier.training.dead-letter", Set.of());
        types.put("atelier.cancellations", Set.of(type(EventTypes.CANCEL, CancelEvent.getDefaultInstance())));
        types.put(ModelChanged.TOPIC, Set.of(type(ModelChanged.TYPE, ModelChangedEvent.getDefaultInstance())));
        return types;
    }

    private static Stream<String> outcomes(String service, StoredOutcome.Kind kind, Message... results) {
        Stream<Message> data = switch (kind) {
            case COMPLETED -> Stream.of(results);
            case FAILED -> Stream.of(FailedEvent.getDefaultInstance());
            case CANCELLED -> Stream.of(CancelledEvent.getDefaultInstance());
        };
        String type = "io.atelier." + service + "." + kind.name().toLowerCase(Locale.ROOT) + ".v1";
        return data.map(message -> type(type, message));
    }

    private static String type(String type, Message message) {
        return type + " " + message.getDescriptorForType().getName();
    }

    private Set<String> types(String address) {
        Set<String> types = new TreeSet<>();
        contract.messages(address)
                .forEach((name, message) -> payloads(contract.resolved(message).path("payload"))
                        .filter(payload -> payload.has("$ref"))
                        .forEach(payload -> types.add(name + " " + ProtobufSchemas.name(payload))));
        return types;
    }

    /** A payload's schemas: one, or the alternatives. */
    private static Stream<JsonNode> payloads(JsonNode payload) {
        return payload.has("oneOf")
                ? StreamSupport.stream(payload.get("oneOf").spliterator(), false)
                : Stream.of(payload).filter(schema -> !schema.isEmpty());
    }

    private void assertLength(String path, int most) {
        String[] parts = path.split("/");
        assertThat(property(parts[0], parts[1]))
                .as(path)
                .containsEntry("minLength", 1L)
                .containsEntry("maxLength", (long) most);
    }

    private Map<String, Object> property(String schema, String name) {
        Map<String, Object> limits = new HashMap<>();
        contract.schema(schema).path("properties").path(name).properties().forEach(limit -> {
            if (limit.getValue().isIntegralNumber()) {
                limits.put(limit.getKey(), limit.getValue().asLong());
            }
        });
        return limits;
    }

    private static String modelNameForm() {
        try {
            throw new AssertionError(new ModelName("No name") + " is one");
        } catch (ProblemException e) {
            return e.problem().limit().orElseThrow();
        }
    }

    private static Set<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static String text(JsonNode setting) {
        return setting.isArray() ? String.join(",", strings(setting)) : setting.asText();
    }
}
