/** The Kafka entrance of the image service; delivery itself is messaging's. */
@NullMarked
package io.atelier.image.api.kafka;

import org.jspecify.annotations.NullMarked;
