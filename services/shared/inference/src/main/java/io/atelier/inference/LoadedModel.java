package io.atelier.inference;

import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelPackage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A version with all its graphs open, counted: by its server while it serves, by each handle, and by each run, since a
 * run may outlast the request it was for. Whoever gives back the last count closes the sessions.
 */
final class LoadedModel {
    private final ModelManifest manifest;
    private final String deviceClass;
    private final Map<String, GraphQueue> queues = new HashMap<>();
    private final Runnable closed;
    private volatile long lastUsed;
    private int users = 1;

    private LoadedModel(ModelManifest manifest, String deviceClass, Runnable closed) {
        this.manifest = manifest;
        this.deviceClass = deviceClass;
        this.closed = closed;
        touch();
    }

    /**
     * Opens and tries all graphs; counted once, for the caller.
     *
     * @param closed run when all is closed, also when opening fails
     */
    static LoadedModel open(OrtRuntime runtime, ModelPackage found, Duration maxRun, Runnable closed)
            throws NotServable {
        ModelManifest manifest = found.manifest();
        int limit = Math.toIntExact(Math.clamp(manifest.limits().getOrDefault("batch", 1L), 1L, 4096L));
        LoadedModel loaded = new LoadedModel(manifest, runtime.deviceClass(), closed);
        try {
            for (GraphSpec spec : manifest.graphs()) {
                GraphSession session = GraphSession.open(runtime, found.file(spec.file()), spec, limit, maxRun);
                loaded.queues.put(spec.role(), new GraphQueue(loaded, session));
            }
            return loaded;
        } catch (NotServable | RuntimeException e) {
            loaded.release();
            throw e;
        }
    }

    ModelManifest manifest() {
        return manifest;
    }

    String deviceClass() {
        return deviceClass;
    }

    GraphQueue queue(String role) {
        GraphQueue queue = queues.get(role);
        if (queue == null) {
            throw new IllegalArgumentException(manifest.name() + " has no graph of the role " + role);
        }
        return queue;
    }

    /** Somebody uses it now. */
    void touch() {
        lastUsed = System.nanoTime();
    }

    /** When it was used last, on the clock of {@link System#nanoTime}. */
    long lastUsed() {
        return lastUsed;
    }

    /** Whether nobody uses it but whoever keeps it open. */
    synchronized boolean isIdle() {
        return users == 1;
    }

    /** Counts one user more, unless it is closed already. */
    synchronized boolean retain() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    synchronized void release() {
        users--;
        if (users == 0) {
            try {
                queues.values().forEach(queue -> queue.session().close());
            } finally {
                closed.run();
            }
        }
        if (users < 0) {
            throw new IllegalStateException(manifest.name() + " was given back twice");
        }
    }
}
