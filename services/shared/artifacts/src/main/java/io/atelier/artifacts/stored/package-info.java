/** What the stores share, wherever they keep things: the JSON of sidecars and outcomes, received uploads, refusals. */
@NullMarked
package io.atelier.artifacts.stored;

import org.jspecify.annotations.NullMarked;
