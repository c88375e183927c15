package io.atelier.learn.train;

import io.atelier.kernel.Seeds;
import io.atelier.learn.engine.Engine;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/** Takes a learner through its steps, from its last checkpoint where there is one. */
public final class TrainingLoop {
    private final Engine engine;
    private final LoopOptions options;
    private final RunFolder run;
    private final Progress progress;
    private final StopSignal stop;

    /** Why a training ended. */
    public enum End {
        FINISHED,
        STOPPED_EARLY,
        INTERRUPTED
    }

    public TrainingLoop(Engine engine, LoopOptions options, RunFolder run, Progress progress, StopSignal stop) {
        this.engine = engine;
        this.options = options;
        this.run = run;
        this.progress = progress;
        this.stop = stop;
    }

    /** Trains to the end, or until a stop is asked for; either way the last step done is in a checkpoint. */
    public End run(Learner learner) {
        Position at = run.checkpoints().restore(learner).orElse(Position.START);
        run.metrics().forgetAfter(at.step());
        progress.start(at.step(), options.steps());
        while (at.step() < options.steps() && !at.exhausted(options.patience())) {
            if (stop.requested()) {
                run.checkpoints().save(learner, at);
                progress.end("stopped after step " + at.step() + "; --resume goes on from there");
                return End.INTERRUPTED;
            }
            at = step(learner, at);
            if (LoopOptions.due(options.checkpointEvery(), at.step())) {
                run.checkpoints().save(learner, at);
            }
        }
        run.checkpoints().save(learner, at);
        boolean early = at.step() < options.steps();
        progress.end(early ? "stopped early after step " + at.step() + ": no better for long" : "trained");
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
                throw new DivergedException(name, done);
            }
        });
        progress.step(done, losses);
        if (LoopOptions.due(options.logEvery(), done)) {
            run.metrics().append(done, losses);
        }
        if (LoopOptions.due(options.sampleEvery(), done)) {
            learner.sample(run.sample(done));
        }
        if (LoopOptions.due(options.validateEvery(), done)) {
            Map<String, Double> measured = learner.validate();
            run.metrics().append(done, measured);
            progress.note("step " + done + " " + Progress.text(measured));
            return at.next(measured.getOrDefault(options.watched(), Double.NEGATIVE_INFINITY));
        }
        return at.next();
    }
}
