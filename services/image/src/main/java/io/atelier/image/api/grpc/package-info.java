/** The gRPC entrance of the image service. */
@NullMarked
package io.atelier.image.api.grpc;

import org.jspecify.annotations.NullMarked;
