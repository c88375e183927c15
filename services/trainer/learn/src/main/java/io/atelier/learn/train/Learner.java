package io.atelier.learn.train;

import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.optim.Optimiser;
import java.nio.file.Path;
import java.util.Map;

/** Something that learns step by step. Everything that a step changes is in its networks and optimisers. */
public interface Learner extends AutoCloseable {

    /**
     * Learns one step and tells its losses and learning rates by name, in a fixed order. All its randomness comes from the seed, to which libtorch's
     * generator has been set too; its tensors go with the caller's pointer scope.
     */
    Map<String, Double> step(long step, long seed);

    /** Measures on pictures held back from training; empty when it has no quick measure. Draws nothing. */
    Map<String, Double> validate();

    /** Writes a PNG that shows what it makes by now, if it makes pictures. Draws nothing from libtorch's generator. */
    void sample(Path png);

    /** Every network by name, moving averages too. */
    Map<String, ParamStore> networks();

    /** Every optimiser by name. */
    Map<String, Optimiser> optimisers();

    @Override
    void close();
}
