/** Certificates made for a test: an authority, and what it certifies. */
@NullMarked
package io.atelier.kit.tls;

import org.jspecify.annotations.NullMarked;
