/** What every store of artifacts and outcomes promises. */
@NullMarked
package io.atelier.kit.artifacts;

import org.jspecify.annotations.NullMarked;
