/**
 * The whole system from outside: service jars as processes, faults, and the rules that architecture and documentation keep.
 */
@NullMarked
package io.atelier.system;

import org.jspecify.annotations.NullMarked;
