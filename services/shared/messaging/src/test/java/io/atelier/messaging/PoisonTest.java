package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.kit.Event;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Poison is isolated, the unfit is answered, and the channel stays up (P6). */
@QuarkusTest
class PoisonTest extends DeliveryFixture {
    @Test
    void poisonIsSetAsideWithItsReasonAndTheNextRequestIsServed() {
        String id = fresh();
        Map<String, String> headers =
                Map.of("ce_type", ScriptedHandler.TYPE, "ce_id", id, "ce_source", "/test", "x-own", "mine");
        var sent = probe.send(REQUESTS, "a-key", headers, "{\"text\": cut off".getBytes(StandardCharsets.UTF_8));
        String good = fresh();
        send(good, Map.of(), "{\"text\":\"good\"}");
        probe.awaitOne(SOON, answers(good));
        Event dead = probe.awaitOne(
                SOON, event -> event.topic().equals(DEAD) && event.key().equals("a-key"));
        assertThat(dead.text()).isEqualTo("{\"text\": cut off");
        assertThat(dead.headers())
                .containsAllEntriesOf(headers)
                .containsEntry(DeadLetters.TOPIC, REQUESTS)
                .containsEntry(DeadLetters.PARTITION, Integer.toString(sent.partition()))
                .containsEntry(DeadLetters.OFFSET, Long.toString(sent.offset()))
                .containsEntry(DeadLetters.CODE, ErrorCode.UNDECODABLE.id())
                .containsKey(DeadLetters.REASON)
                .doesNotContainKey("__smallrye_generationId");
        assertThat(probe.seen(answers(id))).isEmpty();
    }

    @Test
    void recordsWithoutAnEnvelopeOrOfAnUnknownTypeAreSetAside() {
        String id = fresh();
        probe.send(REQUESTS, Map.of("x-id", id), "{}");
        probe.send(REQUESTS, Map.of("x-id", id, "ce_type", "io.atelier.image.unknown.v1"), "{}");
        List<Event> dead =
                probe.await(2, SOON, event -> id.equals(event.headers().get("x-id")));
        assertThat(dead)
                .extracting(event -> event.headers().get(DeadLetters.CODE))
                .containsExactlyInAnyOrder(ErrorCode.NO_ENVELOPE.id(), ErrorCode.UNKNOWN_TYPE.id());
    }

    @Test
    void aRecordTooLargeForTheDeadLettersIsNamedThereWithoutItsValue() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            alter(admin, topic, AlterConfigOp.OpType.SET);
            String id = fresh();
            send(id, Map.of("x-id", id), "no json ".repeat(1000));
            Event dead = probe.awaitOne(
                    SOON,
                    event -> event.topic().equals(DEAD)
                            && "true".equals(event.headers().get(DeadLetters.VALUE_OMITTED)));
            assertThat(dead.value()).isEmpty();
            assertThat(dead.headers())
                    .containsEntry(DeadLetters.TOPIC, REQUESTS)
                    .containsKey(DeadLetters.OFFSET);
            alter(admin, topic, AlterConfigOp.OpType.DELETE);
        }
    }

    private static void alter(Admin admin, ConfigResource topic, AlterConfigOp.OpType op) throws Exception {
        AlterConfigOp size = new AlterConfigOp(new ConfigEntry("max.message.bytes", "2000"), op);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(size))).all().get(20, TimeUnit.SECONDS);
    }

    @Test
    void unfitRequestsFailNamingTheField() {
        String id = fresh();
        send(id, Map.of(), "{\"tuxt\":\"typo\"}");
        Event failed = probe.awaitOne(SOON, answers(id));
        assertThat(failed.type()).contains("io.atelier.image.failed.v1");
        assertThat(failed.text())
                .contains("\"field\":\"tuxt\"")
                .contains("\"status\":\"INVALID_ARGUMENT\"")
                .contains(ErrorCode.UNKNOWN_FIELD.id());
    }

    @Test
    void anInboundDatarefIsRefused() {
        String id = fresh();
        send(id, Map.of("ce_dataref", "http://elsewhere/"), "{}");
        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains(ErrorCode.DATAREF_REFUSED.id());
    }
}
