package io.atelier.learn.recipe;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.StopSignal;
import java.nio.file.Path;

/**
 * What a recipe works with.
 *
 * @param engine a started engine
 * @param settings the recipe's settings with overrides
 * @param data where the training data lies
 * @param seed the seed of everything drawn
 * @param run the run's folder
 * @param stop tells long evaluations to stop
 */
public record WorkContext(Engine engine, Settings settings, Path data, long seed, RunFolder run, StopSignal stop) {}
