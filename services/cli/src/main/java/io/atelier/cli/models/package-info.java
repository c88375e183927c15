/** Commands on the repository itself; they need no running suite, and a running one sees what they change. */
@NullMarked
package io.atelier.cli.models;

import org.jspecify.annotations.NullMarked;
