package io.atelier.trainer.domain;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How fast a training goes just now. Differs between equal trainings, so it is no part of the curve.
 *
 * @param stepsPerSecond steps a second, over the last moments
 * @param left how long until the last step at that speed
 * @param memoryBytes the training process's resident memory
 * @param deviceMemoryBytes what it takes of the GPU's memory, when it trains on one
 */
public record Pace(double stepsPerSecond, Duration left, long memoryBytes, OptionalLong deviceMemoryBytes) {}
