package io.atelier.learn.train;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.KeptFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps a run's folder in an object store, so that the run outlives its machine: whoever hears of a checkpoint, of the
 * model or of a stop through this finds them kept.
 *
 * <p>While the store is out of reach the training goes on: everything is told but checkpoints, of which the newest is told
 * once it is kept. The model is not told before it is kept; a stop is told after some tries, kept or not.
 */
public final class KeptRun implements TrainingEvents {
    private static final Duration STOPPING = Duration.ofSeconds(30);
    private static final Set<String> OF_THIS_MACHINE = Set.of("data", "cache", "package", "attempt.log");
    private static final Pattern PASSING =
            Pattern.compile("(.*/)?(run\\.lock|[^/]*\\.(tmp|part)|(staged|\\.staging|[^/]*\\.part)/.*)");

    private final Path folder;
    private final KeptFolder kept;
    private final TrainingEvents listeners;
    private final StopSignal stop;
    private final InstantSource clock;
    private final Runnable pause;
    private Optional<TrainingEvent> withheld = Optional.empty();
    private boolean away;
    private long step;

    /**
     * Keeps a folder.
     *
     * @param listeners are told what is kept
     * @param stop ends the wait for a store that is out of reach
     * @param pause waits between two tries
     */
    public KeptRun(
            Path folder,
            KeptFolder kept,
            TrainingEvents listeners,
            StopSignal stop,
            InstantSource clock,
            Runnable pause) {
        this.folder = folder;
        this.kept = kept;
        this.listeners = listeners;
        this.stop = stop;
        this.clock = clock;
        this.pause = pause;
    }

    /** Which files of a run are kept, by their paths: not what is fetched or made again, and nothing half written. */
    static boolean outlives(String path) {
        return !OF_THIS_MACHINE.contains(path.split("/", 2)[0])
                && !PASSING.matcher(path).matches();
    }

    /**
     * Brings the run to this machine, as it was kept last, or else from where another kept it; a run that has begun here is
     * newer and stays.
     */
    public void bring(RunFolder run, Optional<KeptFolder> from) {
        if (run.begun()) {
            return;
        }
        Stream.concat(Stream.of(kept), from.stream())
                .filter(KeptFolder::any)
                .findFirst()
                .ifPresent(source -> {
                    Path whole = run.freshFolder("fetched.part");
                    source.fetch(whole, KeptRun::outlives);
                    run.adopt(whole);
                    listeners.note("the run is fetched from where it was kept");
                });
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Checkpointed checkpointed -> {
                step = checkpointed.step();
                withheld = Optional.of(checkpointed);
                keep();
            }
            case TrainingEvent.Point point -> {
                if (point.sample().isPresent()) {
                    keep();
                }
                listeners.on(point);
            }
            case TrainingEvent.Evaluated evaluated -> {
                keep();
                listeners.on(evaluated);
            }
            case TrainingEvent.Published published ->
                listeners.on(keptUnless(stop::requested) ? published : new TrainingEvent.Stopped(step));
            case TrainingEvent.Stopped stopped -> {
                Instant end = clock.instant().plus(STOPPING);
                if (!keptUnless(() -> !clock.instant().isBefore(end))) {
                    listeners.note("the run's last steps are on this machine alone");
                }
                listeners.on(stopped);
            }
            default -> listeners.on(event);
        }
    }

    private boolean keptUnless(BooleanSupplier enough) {
        while (!keep()) {
            if (enough.getAsBoolean()) {
                return false;
            }
            pause.run();
        }
        return true;
    }

    /** Keeps the folder as it is; false while the store is out of reach. */
    private boolean keep() {
        if (!RunFolder.begun(folder)) {
            return true; // nothing to keep, least of all in the place of what is kept
        }
        try {
            kept.keep(folder, KeptRun::outlives);
        } catch (ProblemException e) {
            if (e.problem().code() != ErrorCode.RUNS_UNAVAILABLE) {
                throw e;
            }
            if (!away) {
                listeners.note("the run is not kept for now; it goes on and is kept later: "
                        + e.problem().message());
            }
            away = true;
            return false;
        }
        if (away) {
            listeners.note("the run is kept again");
        }
        away = false;
        withheld.ifPresent(listeners::on);
        withheld = Optional.empty();
        return true;
    }
}
