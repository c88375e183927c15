/**
 * An object store as the model repository, the artifact store and checkpoints need one: flat keys, whole objects, writes
 * that fail when somebody else was first. What is stored is durable and seen by every reader when a put returns.
 *
 * <p>Only java.base is needed here; the module s3 talks to real stores.
 */
@NullMarked
package io.atelier.kernel.objects;

import org.jspecify.annotations.NullMarked;
