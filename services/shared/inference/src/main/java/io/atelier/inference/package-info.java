/**
 * Runs ONNX graphs: sessions, devices, batching, warm-up and hot reload.
 *
 * <p>The only module that imports ONNX Runtime. A native run holds its carrier thread, so runs happen on platform threads
 * owned here, and callers (virtual threads) wait for them. A free thread takes all rows that wait for the graph whose turn
 * it is, up to the model's batch limit and the longest run that the settings allow; nothing waits for company.
 *
 * <p><b>Results do not depend on the batch.</b> ONNX Runtime 1.29 chooses kernels by shape. With weights that are constants
 * it packs them at load, and then a row has the same bits alone and in every batch from 2 to 64: measured with 1, 2, 3, 4
 * and 8 threads (AVX-512) for a generator of Gemm 96x6272, transposed convolutions, batch norm and convolutions, and for a
 * classifier of convolutions, pooling and Gemm. A product with a computed 512x33 matrix differed in every row of every
 * batch, because one row takes a matrix-vector kernel. So batch sizes are proven at load (see {@link
 * io.atelier.inference.BatchSizes}): powers of two whose every row has the bits it has alone; waiting rows are split into
 * such runs without padding. Graphs with open axes beside the rows run row by
 * row, and so do graphs whose first axis is fixed at 1.
 *
 * <p><b>Determinism.</b> Threads are fixed and part of the device class, memory patterns are off, and threads spin
 * only while a run lasts.
 *
 * <p><b>Bounds.</b> Rows waiting for one graph, runs at once, versions kept for {@code name@version}, package bytes and
 * loading time are in {@link io.atelier.inference.InferenceSettings}. At most two packages load at once, and a load that
 * is given up still holds its place until ONNX Runtime lets go of it: a file of a megabyte may take minutes, so packages
 * from elsewhere are vetted before they are published.
 *
 * <p><b>Stopping.</b> {@link io.atelier.inference.OnnxModelServer#close} waits for loads, which nothing can interrupt, and
 * the native environment outlives the shutdown hooks (see {@link io.atelier.inference.OrtRuntime}).
 */
@NullMarked
package io.atelier.inference;

import org.jspecify.annotations.NullMarked;
