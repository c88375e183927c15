package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.Recording;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process that stops loses nothing (P1). */
@QuarkusTest
@TestProfile(ShutdownTest.OwnApplication.class)
class ShutdownTest extends DeliveryFixture {
    /** Stopping delivery is for good, so this test has an application of its own. */
    public static class OwnApplication implements QuarkusTestProfile {}

    private static final int SLOTS = 4;

    @Inject
    MessagingLifecycle lifecycle;

    @Test
    void aStoppingProcessFinishesWhatRunsAndLeavesTheRest() throws InterruptedException {
        String script = "drain-" + fresh();
        CountDownLatch started = new CountDownLatch(SLOTS);
        CountDownLatch release = new CountDownLatch(1);
        handler.script(script, context -> {
            started.countDown();
            await().atMost(SOON).until(() -> release.getCount() == 0);
            return ScriptedHandler.echo(context, "in time");
        });
        List<String> running =
                Stream.generate(DeliveryFixture::fresh).limit(SLOTS).toList();
        running.forEach(id -> send(id, Map.of(), "{\"script\":\"" + script + "\"}"));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        String waiting = fresh();
        send(waiting, Map.of(), "{\"script\":\"left-" + waiting + "\"}");

        Thread stopping = Thread.ofVirtual().start(() -> {
            try {
                lifecycle.stop(new ShutdownEvent());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(SOON).until(this::refusesRuns);
        release.countDown();
        stopping.join(Duration.ofSeconds(30));

        running.forEach(
                id -> assertThat(probe.awaitOne(SOON, answers(id)).text()).contains("in time"));
        assertThat(handler.runs("left-" + waiting)).isZero();
        assertThat(probe.seen(answers(waiting))).isEmpty();
    }

    private boolean refusesRuns() {
        try {
            runs.execute(
                    RunRequest.of("image", RequestKey.Entrance.GRPC, "", fresh(), "t", new byte[0], Deadline.NEVER),
                    Recording.RESULTS,
                    new Cancellation(),
                    ProgressListener.NONE,
                    context -> ScriptedHandler.echo(context, ""));
            return false;
        } catch (ProblemException e) {
            return e.problem().code() == ErrorCode.SHUTTING_DOWN;
        }
    }
}
