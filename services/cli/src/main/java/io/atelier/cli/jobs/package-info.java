/** Commands that talk to the trainer about its jobs. */
@NullMarked
package io.atelier.cli.jobs;

import org.jspecify.annotations.NullMarked;
