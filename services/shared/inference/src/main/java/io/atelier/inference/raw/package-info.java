/**
 * ONNX Runtime with nothing around it: no batching, no queue, no reload. What a service's speed is measured against.
 *
 * <p>For benchmarks, and for a graph that is not published yet; services use {@link io.atelier.inference.ModelServer}.
 */
@NullMarked
package io.atelier.inference.raw;

import org.jspecify.annotations.NullMarked;
