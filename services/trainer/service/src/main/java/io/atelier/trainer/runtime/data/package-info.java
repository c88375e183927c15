/** Where trainings may get their data: configured folders, and archives uploaded as artifacts. Nothing is ever unpacked. */
@NullMarked
package io.atelier.trainer.runtime.data;

import org.jspecify.annotations.NullMarked;
