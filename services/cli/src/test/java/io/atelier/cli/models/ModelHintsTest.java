package io.atelier.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.atelier.cli.Run;
import io.atelier.kit.Event;
import io.atelier.kit.EventProbe;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.local.EmbeddedBroker;
import io.atelier.local.Ports;
import io.atelier.local.RunningSuite;
import io.atelier.local.SuitePorts;
import io.atelier.local.Topics;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelChanges;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.proto.events.v1.ModelChangedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes what serves tells the services so, where there is a broker. */
class ModelHintsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path kafka;

    private static EmbeddedBroker broker;
    private static EventProbe hints;

    @TempDir
    Path folder;

    private ModelRepository models;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(kafka);
        Topics.create(broker.bootstrapServers(), Topics.of(Topics.KINDS));
        hints = EventProbe.on(broker.bootstrapServers(), ModelChanges.TOPIC);
    }

    @AfterAll
    static void stop() {
        hints.close();
        broker.close();
    }

    @BeforeEach
    void open() {
        models = new DirectoryModelRepository(folder.resolve("state/models"), InstantSource.system());
    }

    @Test
    void everyCommandThatChangesAPromotionTellsIt() throws IOException {
        publishTwice("told");
        for (List<String> command : List.of(
                List.of("promote", "told", "1"),
                List.of("rollback", "told"),
                List.of("pin", "told", "1"),
                List.of("unpin", "told"))) {
            Run run = models(command, "--kafka", broker.bootstrapServers());
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).hasLineCount(1);
        }
        List<Event> told = hints.await(4, SOON, event -> event.key().equals("told"));
        assertThat(told).hasSize(4).allSatisfy(event -> assertThat(event.type()).contains(ModelChanges.TYPE));
        List<Long> versions = new ArrayList<>();
        for (Event event : told) {
            ModelChangedEvent.Builder changed = ModelChangedEvent.newBuilder();
            JsonFormat.parser().merge(event.text(), changed);
            versions.add(changed.getVersion());
            assertThat(changed.getDigest()).hasSize(64);
        }
        assertThat(versions).containsExactly(1L, 2L, 1L, 1L);
    }

    @Test
    void brokerOfTheRunningSuiteIsTold() throws IOException {
        publishTwice("suite");
        RunningSuite suite = new RunningSuite(
                ProcessHandle.current().pid(),
                new SuitePorts(broker.port(), broker.controllerPort(), 0, Map.of()),
                broker.bootstrapServers());
        new ObjectMapper().writeValue(folder.resolve("state/suite.json").toFile(), suite);
        assertThat(models(List.of("promote", "suite", "1")).code()).isZero();
        hints.awaitOne(SOON, event -> event.key().equals("suite"));
    }

    @Test
    void brokerThatIsAwayCostsALineAndNotTheChange() {
        publishTwice("alone");
        Run run = models(
                List.of("promote", "alone", "1"),
                "--kafka",
                "127.0.0.1:" + Ports.free(1).getFirst(),
                "--json");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"version\" : 1").doesNotContain("broker");
        assertThat(run.err()).hasLineCount(1).contains("could not be told");
        assertThat(models.promotion(new ModelName("alone")).orElseThrow().version())
                .isEqualTo(1);
    }

    @Test
    void addressThatIsNoneCostsALineAndNotTheChange() {
        publishTwice("nowhere");
        Run run = models(List.of("promote", "nowhere", "1"), "--kafka", "no address");
        assertThat(run.code()).isZero();
        assertThat(run.out()).hasLineCount(2).contains("could not be told");
    }

    @Test
    void changedPromotionsAreFoundByComparing() {
        publishTwice("kept");
        publishTwice("moved");
        Served before = Served.now(models);
        models.promote(new ModelName("moved"), 1);
        publishTwice("new");
        assertThat(before.changed(Served.now(models))).containsExactly(new ModelName("moved"), new ModelName("new"));
    }

    private void publishTwice(String name) {
        TinyGenerator.named(name).publish(models, folder.resolve(name));
        TinyGenerator.named(name).variant(1).publish(models, folder.resolve(name));
    }

    private Run models(List<String> command, String... options) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(command);
        all.addAll(List.of("--state", folder.resolve("state").toString()));
        all.addAll(List.of(options));
        return Run.of(all.toArray(String[]::new));
    }
}
