/** The networks recipes are made of, each written once against {@link io.atelier.learn.ops.Ops}. */
@NullMarked
package io.atelier.learn.nets;

import org.jspecify.annotations.NullMarked;
