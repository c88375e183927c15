/** The meters every service shares, as docs/reference lists them. No label ever holds what a client wrote. */
@NullMarked
package io.atelier.endpoints.metrics;

import org.jspecify.annotations.NullMarked;
