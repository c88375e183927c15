/**
 * Model packages and the repositories that keep them.
 *
 * <p>A package is a folder {@code <repository>/<name>/<version>/} whose {@code model.json} is written last; a folder
 * without one does not exist for a reader. Publishing stages beside the repository's models, flushes to disk and renames,
 * so that a reader sees a whole package or none. {@code <name>/current.json} names the promoted version.
 */
@NullMarked
package io.atelier.models;

import org.jspecify.annotations.NullMarked;
