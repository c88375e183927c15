/**
 * One forward pass, two interpreters.
 *
 * <p>A network is written once against {@link io.atelier.learn.ops.Ops}. {@link io.atelier.learn.ops.TorchOps} computes it
 * on libtorch, differentiably; {@link io.atelier.learn.ops.OnnxOps} writes the same network as an ONNX graph. The two agree
 * to 1e-5 per operation at unit-scale inputs and to 1e-4 of the largest output per network; round-trip tests hold that.
 *
 * <p>Parameters have stable names, live in a {@link io.atelier.learn.ops.ParamStore} outside every pointer scope, and are
 * kept in safetensors files.
 */
@NullMarked
package io.atelier.learn.ops;

import org.jspecify.annotations.NullMarked;
