/** The trainer's gRPC entrance. */
@NullMarked
package io.atelier.trainer.api.grpc;

import org.jspecify.annotations.NullMarked;
