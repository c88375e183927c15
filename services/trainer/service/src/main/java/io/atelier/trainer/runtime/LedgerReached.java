package io.atelier.trainer.runtime;

import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.JobQuery;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Ledger;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the ledger can be reached: without it the service can answer nothing. */
@Readiness
@Singleton
final class LedgerReached implements HealthCheck {
    private static final JobQuery ANY =
            new JobQuery(Set.of(JobState.RUNNING), Optional.empty(), Optional.empty(), Optional.empty(), 1);

    private final Ledger ledger;

    LedgerReached(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            ledger.list(ANY);
            return HealthCheckResponse.up("ledger");
        } catch (ProblemException e) {
            return HealthCheckResponse.named("ledger")
                    .down()
                    .withData("problem", e.problem().message())
                    .build();
        }
    }
}
