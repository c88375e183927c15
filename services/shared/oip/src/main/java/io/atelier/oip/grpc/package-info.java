/** {@code inference.GRPCInferenceService}: decodes, asks {@link io.atelier.oip.OpenInference}, encodes. */
@NullMarked
package io.atelier.oip.grpc;

import org.jspecify.annotations.NullMarked;
