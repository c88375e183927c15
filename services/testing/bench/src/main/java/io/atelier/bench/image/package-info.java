/**
 * The image service against a raw ONNX Runtime loop.
 *
 * <p>Loop and service do the same work: latents from seeds, the graph, the PNG coder, and the durable write of picture and
 * outcome, by the same classes into stores of their own on the same disk. What differs is the service: gRPC or Kafka, its
 * scheduler, its process. The durable write is measured inside the loop and told apart.
 */
@NullMarked
package io.atelier.bench.image;

import org.jspecify.annotations.NullMarked;
