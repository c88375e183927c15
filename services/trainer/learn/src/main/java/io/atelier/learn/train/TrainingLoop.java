package io.atelier.learn.train;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Seeds;
import io.atelier.learn.engine.Engine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;

/** Takes a learner through its steps, from its last checkpoint where there is one. */
public final class TrainingLoop {
    private final Engine engine;
    private final LoopOptions options;
    private final RunFolder run;
    private final TrainingEvents events;
    private final StopSignal stop;

    /** Why a training ended. */
    public enum End {
        FINISHED,
        STOPPED_EARLY,
        INTERRUPTED
    }

    public TrainingLoop(Engine engine, LoopOptions options, RunFolder run, TrainingEvents events, StopSignal stop) {
        this.engine = engine;
        this.options = options;
        this.run = run;
        this.events = events;
        this.stop = stop;
    }

    /** Trains to the end, or until a stop is asked for; either way the last step done is in a checkpoint. */
    public End run(Learner learner) {
        Position at = run.checkpoints().restore(learner).orElse(Position.START);
        run.metrics().forgetAfter(at.step());
        events.on(new TrainingEvent.Started(at.step(), options.steps(), engine.deviceName(), options.seed()));
        while (at.step() < options.steps() && !at.exhausted(options.patience())) {
            if (stop.requested()) {
                run.checkpoints().save(learner, at);
                events.on(new TrainingEvent.Stopped(at.step()));
                return End.INTERRUPTED;
            }
            at = step(learner, at);
            if (LoopOptions.due(options.checkpointEvery(), at.step())) {
                run.checkpoints().save(learner, at);
            }
        }
        run.checkpoints().save(learner, at);
        boolean early = at.step() < options.steps();
        events.on(new TrainingEvent.Trained(at.step(), early));
        return early ? End.STOPPED_EARLY : End.FINISHED;
    }

    private Position step(Learner learner, Position at) {
        long seed = Seeds.derive(options.seed(), at.step());
        engine.seed(seed);
        Map<String, Double> losses;
        try (PointerScope scope = new PointerScope()) {
            losses = learner.step(at.step(), seed);
        }
        long done = at.step() + 1;
        losses.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw diverged(name, done);
            }
        });
        events.on(new TrainingEvent.Stepped(done, options.steps(), losses));
        Map<String, Double> measured = LoopOptions.due(options.validateEvery(), done) ? learner.validate() : Map.of();
        Optional<Path> sample =
                LoopOptions.due(options.sampleEvery(), done) ? Optional.of(run.sample(done)) : Optional.empty();
        sample.ifPresent(learner::sample);
        tell(done, LoopOptions.due(options.logEvery(), done) ? losses : Map.of(), measured, sample);
        return LoopOptions.due(options.validateEvery(), done)
                ? at.next(measured.getOrDefault(options.watched(), Double.NEGATIVE_INFINITY))
                : at.next();
    }

    private void tell(long done, Map<String, Double> losses, Map<String, Double> measured, Optional<Path> sample) {
        Map<String, Double> metrics = new LinkedHashMap<>(losses);
        metrics.putAll(measured);
        run.metrics().append(done, metrics);
        if (!metrics.isEmpty() || sample.isPresent()) {
            events.on(new TrainingEvent.Point(done, options.steps(), metrics, sample));
        }
    }

    /** Going on would only spoil the last checkpoint. */
    private static RuntimeException diverged(String loss, long step) {
        return Problem.of(
                        ErrorCode.DIVERGED,
                        "The training diverged: " + loss + " was no finite number at step " + step
                                + ". Lower the learning rate (schedule.rate) and begin anew.")
                .exception();
    }
}
