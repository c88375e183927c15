/**
 * What outlives a request: works by the SHA-256 of their bytes, and the outcome of every request under its key.
 *
 * <p>An outcome is put once; whoever comes second gets the one that is stored. A put returns when the bytes are on disk.
 */
@NullMarked
package io.atelier.artifacts;

import org.jspecify.annotations.NullMarked;
