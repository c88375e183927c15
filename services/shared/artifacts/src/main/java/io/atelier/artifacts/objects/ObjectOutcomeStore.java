package io.atelier.artifacts.objects;

import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.stored.Outcomes;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.objects.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Outcomes as objects that are put if absent, of which the store lets exactly one succeed. */
final class ObjectOutcomeStore implements OutcomeStore {
    static final String OUTCOMES = "outcomes/";
    /** Far above any event, which carries no pictures: what is cut off would count as absent. */
    static final int MAX_BYTES = 64 << 20;

    private final ObjectStore objects;
    private final ObjectArtifactStore artifacts;

    ObjectOutcomeStore(ObjectStore objects, ObjectArtifactStore artifacts) {
        this.objects = objects;
        this.artifacts = artifacts;
    }

    private static String key(RequestKey key) {
        return OUTCOMES + key.hex() + ".json";
    }

    @Override
    public Optional<StoredOutcome> find(RequestKey key) {
        return objects.read(key(key), MAX_BYTES).flatMap(stored -> Outcomes.read(key, stored.bytes()));
    }

    @Override
    public StoredOutcome putIfAbsent(StoredOutcome outcome) {
        artifacts.renew(outcome.artifacts()); // first: a reader never meets an outcome whose artifacts may go
        byte[] json = json(outcome);
        if (objects.putIfAbsent(key(outcome.key()), json)) {
            return outcome;
        }
        Optional<StoredOutcome> stored = find(outcome.key());
        if (stored.isEmpty()) {
            objects.put(key(outcome.key()), json); // what was there could not be read, or expired just now
        }
        return stored.orElse(outcome);
    }

    private static byte[] json(StoredOutcome outcome) {
        try {
            return Outcomes.write(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
