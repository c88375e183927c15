package io.atelier.artifacts.objects;

import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.OutcomeStore;
import io.atelier.artifacts.SweepReport;
import io.atelier.artifacts.WorkStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.stored.Refusals;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.objects.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Artifacts and outcomes in an object store. */
public final class ObjectWorkStore implements WorkStore {
    private static final String CONDITIONAL = "conditional-writes";

    private final ObjectArtifactStore artifacts;
    private final ObjectOutcomeStore outcomes;
    private final ObjectSweep sweep;
    private final Usage usage;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("artifact-put-", 0).factory());

    private ObjectWorkStore(ObjectStore objects, StoreSettings settings, InstantSource clock) {
        Duration longest = settings.artifactRetention().compareTo(settings.outcomeRetention()) > 0
                ? settings.artifactRetention()
                : settings.outcomeRetention(); // what an outcome names outlives it
        Days days = new Days(clock, longest);
        this.usage = new Usage(objects, settings.quotaBytes(), clock);
        this.artifacts = new ObjectArtifactStore(objects, settings.mediaTypes(), settings.root(), days, usage, threads);
        this.outcomes = new ObjectOutcomeStore(objects, artifacts);
        this.sweep = new ObjectSweep(objects, settings.outcomeRetention(), days, usage);
    }

    /**
     * Opens the store; the settings' root is a folder of this machine where uploads wait until they are whole. Throws
     * STORE_UNAVAILABLE when the store cannot be written, or does not keep what conditional writes promise.
     */
    public static ObjectWorkStore open(ObjectStore objects, StoreSettings settings, InstantSource clock) {
        try {
            Files.createDirectories(settings.root());
        } catch (IOException e) {
            throw Refusals.unavailable(e);
        }
        byte[] probe = "put if absent\n".getBytes(StandardCharsets.UTF_8);
        boolean first = objects.putIfAbsent(CONDITIONAL, probe);
        if (first && objects.putIfAbsent(CONDITIONAL, probe)) {
            throw Problem.of(
                            ErrorCode.STORE_UNAVAILABLE,
                            "The object store ignores If-None-Match, on which one outcome per request rests; use one that"
                                    + " knows conditional writes.")
                    .exception();
        }
        ObjectWorkStore store = new ObjectWorkStore(objects, settings, clock);
        store.usage.refresh();
        return store;
    }

    @Override
    public ArtifactStore artifacts() {
        return artifacts;
    }

    @Override
    public OutcomeStore outcomes() {
        return outcomes;
    }

    @Override
    public Optional<SweepReport> sweep() {
        return sweep.sweep();
    }

    @Override
    public long usedBytes() {
        return usage.bytes();
    }

    @Override
    public void close() {
        threads.close();
    }
}
