package io.atelier.learn.recipe;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.StopSignal;
import io.atelier.models.Origin;
import java.util.Optional;

/**
 * What a recipe works with.
 *
 * @param engine a started engine
 * @param settings the recipe's settings with overrides
 * @param seed the seed of everything drawn
 * @param run the run's folder
 * @param stop tells long evaluations to stop
 * @param origin the published version whose weights it starts from, where it does not start from chance
 */
public record WorkContext(
        Engine engine, Settings settings, long seed, RunFolder run, StopSignal stop, Optional<Origin> origin) {}
