/**
 * Cuts pictures that are too large for one run of a network into parts, and joins what became of them.
 *
 * <p>Bytes and plain arithmetic in a fixed order: the same picture gives the same parts everywhere. What lies outside of a
 * picture is the picture mirrored at its edges, none of which is repeated.
 */
@NullMarked
package io.atelier.artifacts.tiles;

import org.jspecify.annotations.NullMarked;
