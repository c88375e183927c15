package io.atelier.learn.train;

import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.optim.Optimiser;
import java.nio.file.Path;
import java.util.Map;

/** A learner of which a test changes a part. */
abstract class Changed implements Learner {
    private final Learner learner;

    Changed(Learner learner) {
        this.learner = learner;
    }

    @Override
    public Map<String, Double> step(long step, long seed) {
        return learner.step(step, seed);
    }

    @Override
    public Map<String, Double> validate() {
        return learner.validate();
    }

    @Override
    public void sample(Path png) {
        learner.sample(png);
    }

    @Override
    public Map<String, ParamStore> networks() {
        return learner.networks();
    }

    @Override
    public Map<String, Optimiser> optimisers() {
        return learner.optimisers();
    }

    @Override
    public void close() {
        learner.close();
    }
}
