package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.kit.Event;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Requests of every form, and the answers of a running service, held against docs/asyncapi.yaml: what fits it is taken,
 * what does not is refused, and every record the service sends is as the file says.
 */
final class EventExchange {
    private static final String GENERATE = "io.atelier.image.generate.v1";
    private static final String STYLIZE = "io.atelier.image.stylize.v1";
    private static final String CLASSIFY = "io.atelier.image.classify.v1";
    private static final String SOURCE = "/exchange";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ImageSystem system;
    private final EventContract contract = EventContract.read();

    EventExchange(ImageSystem system) {
        this.system = system;
    }

    /** Nothing that a service has sent so far is other than the file says. */
    void assertAnswersAreAsDocumented() {
        Set<String> sent = contract.operations().stream()
                .filter(operation -> operation.startsWith("send "))
                .map(operation -> operation.substring("send ".length()))
                .collect(Collectors.toSet());
        assertThat(system.events().seen(event -> sent.contains(event.topic())))
                .flatExtracting(contract::problems)
                .isEmpty();
    }

    /** A request is taken if and only if its record is as the file says. */
    void assertRequestsAreTakenAsDocumented(String generator, String classifier, byte[] picture) {
        String model = "\"model\":\"" + generator + "\"";
        for (String fit : List.of(
                "",
                ",\"label\":\"star\",\"count\":1,\"seed\":-7",
                ",\"labels\":[\"star\",\"circle\"],\"count\":64,\"seed\":\"-9223372036854775808\"",
                ",\"size\":16,\"format\":\"IMAGE_FORMAT_JPEG\",\"contact_sheet\":true")) {
            assertTaken(GENERATE, "{" + model + fit + "}", true);
        }
        for (String unfit : List.of(
                ",\"count\":0",
                ",\"count\":65",
                ",\"count\":1.5",
                ",\"label\":7",
                ",\"labels\":\"star\"",
                ",\"labels\":" + json(Collections.nCopies(65, "star")),
                ",\"seed\":\"seven\"",
                ",\"size\":0",
                ",\"size\":2048",
                ",\"format\":\"PNG\"",
                ",\"contact_sheet\":\"yes\"",
                ",\"steps\":0",
                ",\"guidance\":20.5",
                ",\"sampler\":\"midpoint\"",
                ",\"colour\":\"red\"")) {
            assertTaken(GENERATE, "{" + model + unfit + "}", false);
        }
        assertTaken(GENERATE, "{}", false);
        assertTaken(GENERATE, "{\"model\":\"No Name\"}", false);
        String judge = "{\"model\":\"" + classifier + "\"";
        String content = ",\"content\":" + json(Base64.getEncoder().encodeToString(picture));
        // One byte more would still fill the same four base64 digits.
        String tooMuch = ",\"content\":" + json(Base64.getEncoder().encodeToString(new byte[(512 << 10) + 2]));
        assertTaken(CLASSIFY, judge + content + ",\"top_k\":1}", true);
        assertTaken(CLASSIFY, judge + content + ",\"top_k\":0}", false);
        assertTaken(CLASSIFY, judge + content + ",\"artifact_id\":\"" + "0".repeat(64) + "\"}", false);
        assertTaken(CLASSIFY, judge + ",\"artifact_id\":\"no id\"}", false);
        assertTaken(CLASSIFY, judge + tooMuch + "}", false);
        assertTaken(CLASSIFY, judge + "}", false);
    }

    /** The same of photographs to be painted. */
    void assertStylizeRequestsAreTakenAsDocumented(String model, String style, byte[] picture) {
        String asking = "{\"model\":\"" + model + "\",\"content\":"
                + json(Base64.getEncoder().encodeToString(picture));
        String styled = asking + ",\"style\":" + json(style);
        for (String fit : List.of(
                "",
                ",\"strength\":0,\"keep_colours\":true,\"seed\":-7",
                ",\"size\":16,\"format\":\"IMAGE_FORMAT_JPEG\"")) {
            assertTaken(STYLIZE, styled + fit + "}", true);
        }
        assertTaken(STYLIZE, asking + ",\"blend\":{" + json(style) + ":0.5}}", true);
        for (String unfit : List.of(
                ",\"strength\":1.5",
                ",\"keep_colours\":1",
                ",\"size\":0",
                ",\"preview_every\":1",
                ",\"fixed_size\":\"TILE\"",
                ",\"blend\":{\"" + style + "\":1.5}",
                ",\"artifact_id\":\"" + "0".repeat(64) + "\"",
                ",\"colour\":\"red\"")) {
            assertTaken(STYLIZE, styled + unfit + "}", false);
        }
        assertTaken(STYLIZE, "{\"model\":\"" + model + "\",\"style\":" + json(style) + "}", false);
    }

    /** Each message that the file says is sent to a topic has been seen there, and no other. */
    void assertEveryMessageWasSeen(String topic) {
        Set<String> seen = system.events().seen(topic).stream()
                .map(event -> event.type().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(seen).as(topic).isEqualTo(contract.messages(topic).keySet());
    }

    /** A type the file does not name is set aside. */
    void assertUnknownTypesAreSetAside() {
        String id = UUID.randomUUID().toString();
        send("io.atelier.image.unknown.v1", id, "{}");
        Event letter = system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.DEAD_LETTER)
                                && event.id().filter(id::equals).isPresent());
        assertThat(letter.headers()).containsEntry("dead-letter-code", "ATELIER-EVENT-0002");
        assertThat(contract.problems(request(id))).isNotEmpty();
    }

    private void assertTaken(String type, String json, boolean taken) {
        String id = UUID.randomUUID().toString();
        send(type, id, json);
        Event answer = system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.RESULTS)
                                && event.header("ce_requestid")
                                        .filter(id::equals)
                                        .isPresent());
        String shown = json.substring(0, Math.min(200, json.length()));
        assertThat(answer.type())
                .as(shown)
                .contains(taken ? "io.atelier.image.completed.v1" : "io.atelier.image.failed.v1");
        List<String> problems = contract.problems(request(id));
        if (taken) {
            assertThat(problems).as(shown).isEmpty();
        } else {
            assertThat(problems).as(shown + " is valid by docs/asyncapi.yaml").isNotEmpty();
        }
    }

    /** The request's record as the broker has it. */
    private Event request(String id) {
        return system.events()
                .awaitOne(
                        ImageSystem.PATIENCE,
                        event -> event.topic().equals(ImageSystem.REQUESTS)
                                && event.id().filter(id::equals).isPresent());
    }

    private void send(String type, String id, String json) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", type);
        headers.put("ce_id", id);
        headers.put("ce_source", SOURCE);
        headers.put("content-type", "application/json");
        headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        system.events().send(ImageSystem.REQUESTS, headers, json);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
