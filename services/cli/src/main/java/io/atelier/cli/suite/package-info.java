/** Commands on this machine: run the suite, tell what is missing. */
@NullMarked
package io.atelier.cli.suite;

import org.jspecify.annotations.NullMarked;
