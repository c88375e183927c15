package io.atelier.bench.image;

import java.nio.file.Path;

/**
 * How much to measure.
 *
 * @param service the image service's jar
 * @param calls calls of one client in a run
 * @param runs runs; the median counts
 */
public record ImageBenchOptions(Path service, int calls, int runs) {}
