package io.atelier.artifacts.objects;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.SweepReport;
import io.atelier.artifacts.stored.Outcomes;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.objects.ObjectInfo;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kernel.objects.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what has been kept long enough, and counts what is left.
 *
 * <p>One process at a time, as far as clocks agree: two that sweep at once only do the work twice.
 */
final class ObjectSweep {
    private static final String CLAIM = "sweep.json";
    private static final Duration TURN = Duration.ofMinutes(30);
    private static final int BATCH = 500;

    private final ObjectStore objects;
    private final Duration outcomeRetention;
    private final Days days;
    private final Usage usage;

    ObjectSweep(ObjectStore objects, Duration outcomeRetention, Days days, Usage usage) {
        this.objects = objects;
        this.outcomeRetention = outcomeRetention;
        this.days = days;
        this.usage = usage;
    }

    /** Sweeps, or takes over what another process counted, when that swept within the last half hour. */
    Optional<SweepReport> sweep() {
        if (!claim()) {
            usage.refresh();
            return Optional.empty();
        }
        int expired = deleteOutcomes();
        long mark = usage.mark();
        ArtifactPass pass = new ArtifactPass(objects, days);
        objects.list(Edition.ARTIFACTS, pass::meet);
        pass.end();
        usage.counted(pass.bytes(), mark);
        return Optional.of(new SweepReport(expired, pass.deleted(), usage.bytes()));
    }

    private boolean claim() {
        InstantSource clock = days.clock();
        byte[] now = clock.instant().toString().getBytes(StandardCharsets.UTF_8);
        Optional<StoredObject> last = objects.read(CLAIM, 256);
        if (last.isEmpty()) {
            return objects.putIfAbsent(CLAIM, now);
        }
        boolean taken = began(last.get()).plus(TURN).isAfter(clock.instant());
        return !taken && objects.putIfUnchanged(CLAIM, now, last.get().tag());
    }

    private static Instant began(StoredObject claim) {
        try {
            return Instant.parse(new String(claim.bytes(), StandardCharsets.UTF_8));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private int deleteOutcomes() {
        Instant limit = days.clock().instant().minus(outcomeRetention);
        List<String> due = new ArrayList<>();
        int[] deleted = {0};
        objects.list(ObjectOutcomeStore.OUTCOMES, object -> {
            if (object.modified().isBefore(limit) && isExpired(object, limit)) {
                due.add(object.key());
                deleted[0]++;
            }
            if (due.size() >= BATCH) {
                flush(due);
            }
        });
        flush(due);
        return deleted[0];
    }

    private void flush(List<String> keys) {
        if (!keys.isEmpty()) {
            objects.delete(List.copyOf(keys));
            keys.clear();
        }
    }

    /** The outcome's own time counts where it is later: a copied bucket, or a clock that was wrong. */
    private boolean isExpired(ObjectInfo object, Instant limit) {
        String name = object.key().substring(ObjectOutcomeStore.OUTCOMES.length());
        String hex = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        if (!Digest.isValid(hex)) {
            return false; // not ours
        }
        Optional<StoredOutcome> outcome = objects.read(object.key(), ObjectOutcomeStore.MAX_BYTES)
                .flatMap(stored -> Outcomes.read(new RequestKey(new Digest(hex)), stored.bytes()));
        return outcome.isEmpty() || outcome.get().storedAt().isBefore(limit);
    }
}
