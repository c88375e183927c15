package io.atelier.artifacts.objects;

import io.atelier.kernel.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The artifacts this process met last, at most 4,096, so that what it just put costs no look. Thread-safe. */
final class Recent {
    private static final int MOST = 4096;

    private final Map<Digest, Kept> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Kept> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Kept> find(Digest id) {
        return Optional.ofNullable(known.get(id));
    }

    synchronized Kept keep(Kept kept) {
        known.put(kept.info().id(), kept);
        return kept;
    }

    synchronized void forget(Digest id) {
        known.remove(id);
    }
}
