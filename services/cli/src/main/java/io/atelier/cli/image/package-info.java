/** The image service's verbs, as a client of it over gRPC. */
@NullMarked
package io.atelier.cli.image;

import org.jspecify.annotations.NullMarked;
