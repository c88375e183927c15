@NullMarked
package io.atelier.oip;

import org.jspecify.annotations.NullMarked;
