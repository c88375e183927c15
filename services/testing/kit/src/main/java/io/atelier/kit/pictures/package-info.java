/**
 * Picture files made by hand, byte by byte: good ones of every kind, and hostile ones with what must become of each. All
 * are the same in every run.
 */
@NullMarked
package io.atelier.kit.pictures;

import org.jspecify.annotations.NullMarked;
