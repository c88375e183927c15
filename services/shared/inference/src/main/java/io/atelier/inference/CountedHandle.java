package io.atelier.inference;

import io.atelier.models.ModelManifest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's handle on a loaded version. */
final class CountedHandle implements ModelHandle {
    private final LoadedModel model;
    private final Scheduler scheduler;
    private final Runnable given;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A handle that owns one count of the model.
     *
     * @param given told when it is given back
     */
    CountedHandle(LoadedModel model, Scheduler scheduler, Runnable given) {
        this.model = model;
        this.scheduler = scheduler;
        this.given = given;
    }

    LoadedModel model() {
        return model;
    }

    @Override
    public ModelManifest manifest() {
        return model.manifest();
    }

    @Override
    public String deviceClass() {
        return model.deviceClass();
    }

    @Override
    public GraphSignature signature(String graph) {
        return model.queue(graph).session().signature();
    }

    @Override
    public Map<String, Rows> run(RunRequest request) {
        if (closed.get()) {
            throw new IllegalStateException("the handle is closed");
        }
        GraphQueue queue = model.queue(request.graph());
        return scheduler.run(queue, request, queue.session().rows(request.inputs()));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            model.release();
            given.run();
        }
    }
}
