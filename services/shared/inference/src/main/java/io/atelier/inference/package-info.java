/**
 * Runs ONNX graphs: sessions, devices, batching, warm-up and hot reload.
 *
 * <p>The only module that imports ONNX Runtime. A native run holds its carrier thread, so runs happen on platform threads
 * owned here, and callers (virtual threads) wait for them. A free session takes all rows that wait, up to the model's
 * batch limit; nothing waits for company.
 */
@NullMarked
package io.atelier.inference;

import org.jspecify.annotations.NullMarked;
