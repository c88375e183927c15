/** The trainer's configuration, an interface per prefix. */
@NullMarked
package io.atelier.trainer.config;

import org.jspecify.annotations.NullMarked;
