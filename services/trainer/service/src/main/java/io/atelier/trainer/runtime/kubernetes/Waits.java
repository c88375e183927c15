package io.atelier.trainer.runtime.kubernetes;

import io.atelier.trainer.domain.Sign;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long an attempt has been waiting for the same thing. */
final class Waits {
    private final Patience patience;
    private Class<?> what = Waits.class;
    private String why = "";
    private long since = System.nanoTime();
    private @Nullable Duration most;

    Waits(Patience patience) {
        this.patience = patience;
    }

    void saw(Standing standing) {
        switch (standing) {
            case Standing.Queued _ -> wait(Standing.Queued.class, "its queue did not admit it", patience.queue());
            case Standing.Starting(var reason) -> wait(Standing.Starting.class, reason, patience.start());
            default -> wait(standing.getClass(), "", null);
        }
    }

    void sawNothing(Exception failure) {
        wait(Exception.class, String.valueOf(failure.getMessage()), patience.silence());
    }

    private void wait(Class<?> now, String reason, @Nullable Duration limit) {
        if (!now.equals(what)) {
            since = System.nanoTime();
        }
        what = now;
        why = reason;
        most = limit;
    }

    /** The attempt's end, once it has waited for too long. */
    Optional<Sign.Ending> over() {
        if (most == null || System.nanoTime() - since < most.toNanos()) {
            return Optional.empty();
        }
        return Optional.of(
                what.equals(Exception.class)
                        ? new Sign.Vanished("the cluster could not be asked for " + most + ": " + why)
                        : KubernetesAttempt.refused(why + "; waited for " + most));
    }
}
