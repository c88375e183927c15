/**
 * Reads labelled pictures from disk: IDX files, folders or archives with one class per folder, and declared class sets.
 *
 * <p>Pictures leave this package as float32 in -1..1, (n, channels, height, width), in an order that depends on names
 * alone, so that the same files give the same training. Archives are read in place and never unpacked: an entry's name
 * is a label and nothing else. Every reader bounds entries, bytes, compression ratio and pixels by {@link
 * io.atelier.learn.data.ReadLimits}, and refuses what does not fit with an {@link
 * io.atelier.kernel.ProblemException} that says what to do.
 */
@NullMarked
package io.atelier.learn.data;

import org.jspecify.annotations.NullMarked;
