package io.atelier.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.AlarmClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmClockTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final AlarmClock clock = new AlarmClock("test-alarms");
    private final List<String> struck = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        clock.close();
    }

    private AlarmClock.Alarm set(Duration delay, String name) {
        return clock.in(delay, () -> struck.add(name));
    }

    @Test
    void alarmsStrikeInTheOrderOfTheirTimesAndNeverBefore() {
        long begun = System.nanoTime();
        set(Duration.ofMillis(60), "second");
        set(LONG, "never seen");
        set(Duration.ofMillis(20), "first");
        await().until(() -> struck.size() == 2);
        assertThat(struck).containsExactly("first", "second");
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(60_000_000L);
    }

    @Test
    void alarmThatIsTakenBackDoesNotStrike() {
        set(Duration.ofMillis(30), "taken back").close();
        set(Duration.ofMillis(40), "later");
        await().until(() -> struck.contains("later"));
        assertThat(struck).containsExactly("later");
    }

    @Test
    void earlierAlarmIsHeardOfWhileALateOneIsAwaited() {
        set(LONG, "late");
        set(LONG, "late too").close();
        set(Duration.ZERO, "at once");
        await().until(() -> struck.contains("at once"));
    }

    @Test
    void strikeThatFailsHoldsUpNoOther() {
        clock.in(Duration.ZERO, () -> {
            throw new IllegalStateException("its own fault");
        });
        set(Duration.ofMillis(1), "next");
        await().until(() -> struck.contains("next"));
    }

    @Test
    void centuriesAreNoOverflow() {
        set(Duration.ofSeconds(Long.MAX_VALUE), "in centuries");
        set(Duration.ZERO, "now");
        await().until(() -> struck.contains("now"));
        assertThat(struck).containsExactly("now");
    }
}
