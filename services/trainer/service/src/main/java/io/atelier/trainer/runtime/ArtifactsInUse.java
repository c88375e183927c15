package io.atelier.trainer.runtime;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Keeps what unfinished jobs name from being swept: putting known bytes again renews their retention, so it is done more
 * often than the shortest retention runs out.
 */
public final class ArtifactsInUse {
    private static final System.Logger LOG = System.getLogger(ArtifactsInUse.class.getName());

    private final Ledger ledger;
    private final ArtifactStore artifacts;

    public ArtifactsInUse(Ledger ledger, ArtifactStore artifacts) {
        this.ledger = ledger;
        this.artifacts = artifacts;
    }

    /** Renews them all; answers how many. One that is gone already is left to its job to miss. */
    public int renew() {
        int renewed = 0;
        for (Digest id : ledger.artifactsInUse()) {
            renewed += renew(id) ? 1 : 0;
        }
        return renewed;
    }

    private boolean renew(Digest id) {
        try {
            var known = artifacts.find(id);
            if (known.isEmpty()) {
                return false;
            }
            try (InputStream bytes = artifacts.open(id, 0)) {
                artifacts.put(
                        bytes,
                        known.get().mediaType(),
                        Optional.of(id),
                        known.get().size());
                return true;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "an artifact of a job could not be renewed", e);
            return false;
        } catch (ProblemException e) {
            if (e.problem().code() != ErrorCode.UNKNOWN_ARTIFACT) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "an artifact of a job could not be renewed: {0}",
                        e.problem().message());
            }
            return false;
        }
    }
}
