/**
 * What attempts keep for the attempts after them: in folders that all replicas share, or in an object store. Also the reader
 * of what a training program tells, for it tells of files in its run.
 */
@NullMarked
package io.atelier.trainer.runtime.runs;

import org.jspecify.annotations.NullMarked;
