/** What ties the trainer to its process: its workbenches, its outbox, starting and stopping. */
@NullMarked
package io.atelier.trainer.runtime;

import org.jspecify.annotations.NullMarked;
