/** The image service as its clients see it: over gRPC, Kafka and HTTP, with real models, stores and broker. */
@NullMarked
package io.atelier.image;

import org.jspecify.annotations.NullMarked;
