/** What a training leaves for others: versions of models in the repository, and samples in the artifact store. */
@NullMarked
package io.atelier.trainer.runtime.publish;

import org.jspecify.annotations.NullMarked;
