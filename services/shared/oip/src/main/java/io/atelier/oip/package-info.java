/**
 * The Open Inference Protocol, version 2: plain tensors through the graphs of any model a service has loaded, for clients of
 * KServe and Triton.
 *
 * <p>Requests use the same handles as the service's own: the same sessions, queues, bounds, fairness, deadlines and hot reload,
 * and so the same bits, whatever shares a run. Nothing of them is kept: tensors are no works, they have no outcome and no
 * mark.
 *
 * <p><b>Names.</b> {@code NAME} is the graph of a package that has one; of several each is {@code NAME.ROLE}, which names an
 * only graph too. No model's name has a dot. Names, types and shapes of tensors are the graph's own.
 *
 * <p>A service takes part by depending on this module, by handing {@link io.atelier.oip.InferenceStatistics} to its model
 * server and by making an {@link io.atelier.oip.OpenInference}.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">The protocol</a>
 */
@NullMarked
package io.atelier.oip;

import org.jspecify.annotations.NullMarked;
