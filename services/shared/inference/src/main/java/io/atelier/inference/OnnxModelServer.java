package io.atelier.inference;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Serves a repository's models on ONNX Runtime.
 *
 * <p>A thread looks at the repository and follows its promotions (see {@link Catalogue}); requests get counted handles on
 * what serves.
 */
public final class OnnxModelServer implements ModelServer {
    private static final System.Logger LOG = System.getLogger(OnnxModelServer.class.getName());

    private final ModelRepository repository;
    private final Set<ModelTask> tasks;
    private final InferenceSettings settings;
    private final OrtRuntime runtime;
    private final Scheduler scheduler;
    private final Loading loading;
    private final VersionCache versions;
    private final Catalogue catalogue;
    private final Semaphore wake = new Semaphore(0);
    private final Phaser handles = new Phaser(1);
    private final Thread watch;
    private volatile boolean ready;
    private volatile boolean closed;

    private OnnxModelServer(
            ModelRepository repository,
            Set<ModelTask> tasks,
            InferenceSettings settings,
            InferenceListener listener,
            InstantSource clock) {
        this.repository = repository;
        this.tasks = Set.copyOf(tasks);
        this.settings = settings;
        this.runtime = OrtRuntime.open(Device.parse(settings.device()), settings.threads());
        this.scheduler = new Scheduler(settings, listener, clock);
        MemoryBudget memory = new MemoryBudget(settings.memory().models(), this::residents);
        this.loading = new Loading(runtime, repository, settings, memory);
        this.versions = new VersionCache(settings.cachedVersions(), found -> loading.load(found, any -> true));
        this.catalogue = new Catalogue(repository, this.tasks, this::loadPromoted, memory::settles, clock);
        this.watch = Thread.ofPlatform().name("model-watch").daemon().unstarted(this::watch);
    }

    /**
     * Starts serving, without waiting for models.
     *
     * @param tasks the tasks whose models are served; others are not looked at
     * @throws IllegalStateException when the configured device is not there
     */
    public static OnnxModelServer start(
            ModelRepository repository,
            Set<ModelTask> tasks,
            InferenceSettings settings,
            InferenceListener listener,
            InstantSource clock) {
        OnnxModelServer server = new OnnxModelServer(repository, tasks, settings, listener, clock);
        server.watch.start();
        return server;
    }

    /** What all results of this server depend on beside model and inputs. */
    public String deviceClass() {
        return runtime.deviceClass();
    }

    /** How many rows wait, over all models; for a gauge. */
    public int waitingRows() {
        return scheduler.waitingRows();
    }

    /** How many runs go on; for a gauge. */
    public int runs() {
        return scheduler.runs();
    }

    @Override
    public ModelHandle acquire(ModelRef ref) {
        if (closed || handles.register() < 0) {
            throw Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping; try again.")
                    .exception();
        }
        try {
            return new CountedHandle(find(ref), scheduler, handles::arriveAndDeregister);
        } catch (RuntimeException | Error e) {
            handles.arriveAndDeregister();
            throw e;
        }
    }

    /** The version a reference means, counted for the caller. */
    private LoadedModel find(ModelRef ref) {
        LoadedModel found = findOpen(ref);
        found.touch();
        return found;
    }

    private LoadedModel findOpen(ModelRef ref) {
        Optional<LoadedModel> current = catalogue.serving(ref);
        if (current.isPresent()) {
            return current.get();
        }
        Optional<ModelManifest> asleep = catalogue.asleep(ref);
        if (asleep.isPresent()) {
            return wake(asleep.get());
        }
        if (ref.version().isEmpty()) {
            throw whyNotServing(ref).exception();
        }
        requireTask(repository.manifest(ref));
        return versions.acquire(repository.open(ref));
    }

    private LoadedModel wake(ModelManifest asleep) {
        ModelRef ref = new ModelRef(asleep.name(), OptionalLong.of(asleep.version()));
        try {
            return versions.acquire(repository.open(ref), (key, model) -> catalogue.wake(model));
        } catch (ProblemException e) {
            if (!e.problem().status().retried()) {
                catalogue.lose(asleep, e.problem());
            }
            throw e;
        }
    }

    /** What is promoted never closes what it is to take over from. */
    private LoadedModel loadPromoted(ModelPackage found) {
        ModelName name = found.manifest().name();
        return loading.load(found, other -> !other.manifest().name().equals(name));
    }

    private Stream<MemoryBudget.Resident> residents() {
        return Stream.concat(catalogue.residents(), versions.residents());
    }

    private Problem whyNotServing(ModelRef ref) {
        Served known = catalogue.find(ref.name());
        if (known != null && !known.relevant()) {
            requireTask(repository.manifest(ref));
        }
        if (known != null && known.problem().isPresent()) {
            return Problem.of(ErrorCode.BROKEN_PACKAGE, known.problem().get());
        }
        if (known == null && repository.promotion(ref.name()).isEmpty()) {
            return Problem.field(
                    ErrorCode.UNKNOWN_MODEL, "model", "a promoted model", "No model " + ref + " is served here.");
        }
        refresh();
        return Loading.notReady("The model " + ref + " is still loading; try again.");
    }

    private void requireTask(ModelManifest manifest) {
        if (!tasks.contains(manifest.task())) {
            throw Problem.field(
                            ErrorCode.WRONG_TASK,
                            "model",
                            String.join(
                                    ", ",
                                    tasks.stream().map(ModelTask::id).sorted().toList()),
                            manifest.name() + " does " + manifest.task().id() + ".")
                    .exception();
        }
    }

    @Override
    public List<ModelStatus> models() {
        return catalogue.statuses();
    }

    @Override
    public void refresh() {
        wake.release();
    }

    @Override
    public Cancellation.Registration watch(Consumer<ModelStatus> listener) {
        return catalogue.watch(listener);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    private void watch() {
        while (!closed) {
            try {
                catalogue.look(() -> closed);
                ready = true;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot look at the model repository; serving what is loaded", e);
            }
            awaitNextLook();
        }
    }

    private void awaitNextLook() {
        try {
            if (wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; closing wakes it up
        }
    }

    /**
     * Refuses new work, waits for loads that go on and, up to the drain time, for handles, then ends what is left.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        wake.release();
        Threads.join(watch);
        awaitHandles();
        loading.close();
        scheduler.close();
        versions.close();
        catalogue.close();
    }

    private void awaitHandles() {
        try {
            handles.awaitAdvanceInterruptibly(
                    handles.arriveAndDeregister(), settings.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "closing with {0} requests still on their way",
                    handles.getRegisteredParties());
        }
    }
}
