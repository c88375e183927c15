/**
 * Makes pictures by following a flow from noise at time 0 to pictures at time 1, whichever runtime tells the velocity.
 *
 * <p>Plain arrays and arithmetic in a fixed order: the same velocities give the same pictures everywhere.
 *
 * @see <a href="https://arxiv.org/abs/2210.02747">Lipman et al., Flow matching for generative modeling</a>
 */
@NullMarked
package io.atelier.inference.flow;

import org.jspecify.annotations.NullMarked;
