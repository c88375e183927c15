/**
 * Commands on the repository itself; they need no running suite. A running one sees what they change, and is told so at
 * once where its broker answers.
 */
@NullMarked
package io.atelier.cli.models;

import org.jspecify.annotations.NullMarked;
