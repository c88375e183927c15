/**
 * Judges made pictures against real ones: are they recognised, varied, no copies, clean at the edges.
 *
 * <p>No measure means much alone: a generator that repeats one good picture per class is always recognised. All
 * measures are deterministic, take plain arrays and know no tensor library; features come from a judge network of the
 * caller's choice. Each gives its formula and source.
 */
@NullMarked
package io.atelier.learn.measure;

import org.jspecify.annotations.NullMarked;
