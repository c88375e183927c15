package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is lost while the artifact store or the broker is away (P1, P4). */
@QuarkusTest
class OutagesTest extends DeliveryFixture {
    @Test
    void nothingIsAnsweredWhileTheStoreIsAwayAndAllIsAfterwards() {
        String script = "patient-" + fresh();
        List<String> ids = Stream.generate(DeliveryFixture::fresh).limit(8).toList();
        store.takeAway();
        ids.forEach(id -> send(id, Map.of(), "{\"script\":\"" + script + "\",\"text\":\"patient\"}"));
        await().atMost(SOON).until(() -> handler.runs(script) >= 8);
        assertThat(ids).allSatisfy(id -> assertThat(probe.seen(answers(id))).isEmpty());
        store.giveBack();
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(probe.awaitOne(SOON, answers(id)).text()).contains("patient"));
    }

    @Test
    void aBrokerRestartLosesNothing() throws InterruptedException {
        String id = fresh();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch restarted = new CountDownLatch(1);
        handler.script("restart-" + id, context -> {
            started.countDown();
            try {
                restarted.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ScriptedHandler.echo(context, "survived");
        });
        send(id, Map.of(), "{\"script\":\"restart-" + id + "\"}");
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        broker.restart();
        restarted.countDown();
        assertThat(probe.awaitOne(Duration.ofSeconds(40), answers(id)).text()).contains("survived");
        String next = fresh();
        send(next, Map.of(), "{\"text\":\"next\"}");
        probe.awaitOne(Duration.ofSeconds(40), answers(next));
    }
}
