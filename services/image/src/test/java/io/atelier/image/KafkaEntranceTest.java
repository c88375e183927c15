package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.kit.Event;
import io.atelier.kit.EventProbe;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class KafkaEntranceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client client = new Client();
    private final EventProbe probe = EventProbe.on(
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
            "atelier.image.results",
            "atelier.image.dead-letter");

    @AfterEach
    void close() {
        probe.close();
        client.close();
    }

    @Test
    void eventAndCallMakeTheSameBytes() throws IOException {
        Event done = ask("generate", "{\"model\":\"tiles\",\"labels\":[\"star\",\"circle\"],\"seed\":\"77\"}");
        assertThat(done.type()).contains("io.atelier.image.completed.v1");
        JsonNode data = JSON.readTree(done.value());
        GenerateImageResult called = client.generate(
                Client.of("tiles").addLabels("star").addLabels("circle").setSeed(77));
        assertThat(data.at("/images/0/artifact/id").asText())
                .isEqualTo(called.getImages(0).getArtifact().getId());
        assertThat(data.at("/images/1/artifact/id").asText())
                .isEqualTo(called.getImages(1).getArtifact().getId());
        assertThat(data.at("/seed").asText()).isEqualTo("77");
        assertThat(data.at("/images/0/artifact").has("content")).isFalse();
        assertThat(done.header("ce_requestid")).isPresent();
        URI outcome = URI.create(done.header("ce_dataref").orElseThrow());
        assertThat(outcome.toURL().openStream().readAllBytes()).isEqualTo(done.value());
    }

    @Test
    void eventSaysHowAFlowIsFollowed() throws IOException {
        Event done = ask(
                "generate",
                "{\"model\":\"flow\",\"label\":\"star\",\"seed\":77,\"steps\":6,\"guidance\":2.5,\"sampler\":\"heun\"}");
        assertThat(done.type()).contains("io.atelier.image.completed.v1");
        GenerateImageResult called = client.generate(Client.of("flow")
                .setLabel("star")
                .setSeed(77)
                .setSteps(6)
                .setGuidance(2.5)
                .setSampler("heun"));
        assertThat(JSON.readTree(done.value()).at("/images/0/artifact/id").asText())
                .isEqualTo(called.getImages(0).getArtifact().getId());
        Event failed = ask("generate", "{\"model\":\"flow\",\"guidance\":\"NaN\"}");
        assertThat(JSON.readTree(failed.value()).at("/field").asText()).isEqualTo("guidance");
    }

    @Test
    void photographIsPaintedByEventAsByCall() throws IOException {
        String id = client.generate(
                        Client.of("tiles").setLabel("square").setSeed(2).setSize(128))
                .getImages(0)
                .getArtifact()
                .getId();
        Event done = ask(
                "stylize",
                "{\"model\":\"style\",\"artifact_id\":\"" + id
                        + "\",\"blend\":{\"dunes\":0.25,\"storm\":0.75},\"seed\":\"5\",\"strength\":0.5}");
        assertThat(done.type()).contains("io.atelier.image.completed.v1");
        JsonNode data = JSON.readTree(done.value());
        StylizeImageResult called = client.stylize(StylizeImageRequest.newBuilder()
                .setModel("style")
                .setArtifactId(id)
                .putBlend("storm", 0.75)
                .putBlend("dunes", 0.25)
                .setSeed(5)
                .setStrength(0.5));
        assertThat(data.at("/artifact/id").asText())
                .isEqualTo(called.getArtifact().getId());
        assertThat(data.at("/artifact").has("content")).isFalse();
        assertThat(data.at("/width").asInt()).isEqualTo(128);
        for (Map.Entry<String, String> unfit : Map.of(
                        "preview_every", "\"style\":\"dunes\",\"preview_every\":1",
                        "style", "\"style\":\"gale\"",
                        "strength", "\"style\":\"dunes\",\"strength\":2")
                .entrySet()) {
            Event failed =
                    ask("stylize", "{\"model\":\"style\",\"artifact_id\":\"" + id + "\"," + unfit.getValue() + "}");
            assertThat(failed.type()).contains("io.atelier.image.failed.v1");
            assertThat(JSON.readTree(failed.value()).at("/field").asText()).isEqualTo(unfit.getKey());
        }
    }

    @Test
    void pictureIsClassifiedByItsArtifact() throws IOException {
        String id = client.generate(Client.of("tiny").setLabel("square").setSeed(2))
                .getImages(0)
                .getArtifact()
                .getId();
        Event done = ask("classify", "{\"model\":\"judge\",\"artifact_id\":\"" + id + "\"}");
        JsonNode data = JSON.readTree(done.value());
        assertThat(data.at("/classifications/0/label").asText()).isEqualTo("square");
        assertThat((float) data.at("/classifications/0/probability").asDouble())
                .isEqualTo(client.images()
                        .classifyImage(ClassifyImageRequest.newBuilder()
                                .setModel("judge")
                                .setArtifactId(id)
                                .build())
                        .getClassifications(0)
                        .getProbability());
    }

    @Test
    void unfitRequestFailsByNameOfItsField() throws IOException {
        for (Map.Entry<String, String> unfit : Map.of(
                        "colour", "{\"model\":\"tiny\",\"colour\":\"red\"}",
                        "count", "{\"model\":\"tiny\",\"count\":1000000000}",
                        "seed", "{\"model\":\"tiny\",\"seed\":[]}",
                        "label", "{\"model\":\"tiny\",\"label\":\"unicorn\"}")
                .entrySet()) {
            Event failed = ask("generate", unfit.getValue());
            assertThat(failed.type()).contains("io.atelier.image.failed.v1");
            JsonNode data = JSON.readTree(failed.value());
            assertThat(data.at("/field").asText()).isEqualTo(unfit.getKey());
            assertThat(data.at("/code").asText()).startsWith("ATELIER-");
            assertThat(data.at("/limit").asText()).isNotEmpty();
        }
    }

    @Test
    void undecodableRequestIsSetAsideAndTheNextIsServed() {
        String id = UUID.randomUUID().toString();
        send(id, "generate", "this is no JSON");
        probe.awaitOne(
                PATIENCE,
                event -> event.topic().equals("atelier.image.dead-letter")
                        && event.text().equals("this is no JSON")
                        && event.header("ce_id").filter(id::equals).isPresent());
        assertThat(ask("generate", "{\"model\":\"tiny\"}").type()).contains("io.atelier.image.completed.v1");
    }

    private Event ask(String verb, String data) {
        String id = UUID.randomUUID().toString();
        send(id, verb, data);
        return probe.awaitOne(
                PATIENCE,
                event -> event.topic().equals("atelier.image.results")
                        && event.header("ce_requestid").filter(id::equals).isPresent());
    }

    private void send(String id, String verb, String data) {
        probe.send(
                "atelier.image.requests",
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", id,
                        "ce_source", "/test",
                        "ce_type", "io.atelier.image." + verb + ".v1",
                        "content-type", "application/json"),
                data);
    }
}
