package io.atelier.oip;

import io.atelier.inference.GraphSignature;
import io.atelier.inference.ModelHandle;
import io.atelier.inference.ModelServer;
import io.atelier.inference.ModelStatus;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRepository;
import java.util.ArrayList;
import java.util.List;

/** The graphs that can be addressed. Thread-safe. */
public final class Graphs {
    private final ModelServer server;
    private final ModelRepository repository;

    Graphs(ModelServer server, ModelRepository repository) {
        this.server = server;
        this.repository = repository;
    }

    /**
     * A graph that is open; its model's handle must be given back.
     *
     * @param handle the model
     * @param role the graph's role in it
     */
    record Opened(ModelHandle handle, String role) implements AutoCloseable {
        GraphSignature signature() {
            return handle.signature(role);
        }

        @Override
        public void close() {
            handle.close();
        }
    }

    /**
     * A graph's tensors.
     *
     * @param name as it was asked for
     * @param versions every published version of its model, ascending
     * @param signature what it takes and gives
     */
    public record Described(String name, List<Long> versions, GraphSignature signature) {
        public Described {
            versions = List.copyOf(versions);
        }
    }

    /** Opens the version a name means, as the service's own requests do; throws as {@link ModelServer#acquire} and UNNAMED_GRAPH. */
    Opened open(GraphName name) {
        ModelHandle handle = server.acquire(name.model());
        try {
            return new Opened(handle, name.in(handle.manifest()).role());
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    /** Whether everything promoted has been loaded or found broken. */
    public boolean allReady() {
        return server.ready();
    }

    /** Throws why a graph cannot be run now; a version that is not loaded is loaded. */
    public void requireReady(GraphName name) {
        open(name).close();
    }

    public Described describe(GraphName name) {
        try (Opened opened = open(name)) {
            return new Described(name.text(), repository.versions(name.model().name()), opened.signature());
        }
    }

    /** Every graph of every model of the service's tasks, sorted by name; or those alone that are ready. */
    public List<IndexEntry> index(boolean readyOnly) {
        List<IndexEntry> entries = new ArrayList<>();
        for (ModelStatus status : server.models()) {
            if (status.serving().isEmpty()) {
                entries.add(IndexEntry.of(status));
            } else {
                ModelManifest manifest = status.serving().get();
                for (GraphSpec graph : manifest.graphs()) {
                    entries.add(IndexEntry.serving(status, manifest, graph.role()));
                }
            }
        }
        return entries.stream()
                .filter(entry -> !readyOnly || entry.state() == IndexEntry.State.READY)
                .toList();
    }

    /** Every version that serves. */
    List<ModelManifest> serving() {
        return server.models().stream()
                .flatMap(status -> status.serving().stream())
                .toList();
    }
}
