/** What both entrances of the trainer share: the messages' meaning. */
@NullMarked
package io.atelier.trainer.api;

import org.jspecify.annotations.NullMarked;
