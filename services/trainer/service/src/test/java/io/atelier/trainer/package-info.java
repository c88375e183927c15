@NullMarked
package io.atelier.trainer;

import org.jspecify.annotations.NullMarked;
