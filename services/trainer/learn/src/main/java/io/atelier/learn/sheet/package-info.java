/**
 * Contact sheets: many pictures in one PNG, to be looked at while training and in docs.
 *
 * <p>Pictures with alpha are shown as they are served: alpha cut at one half, colour divided by alpha, over an even
 * ground. Enlargement is by whole factors without smoothing. Sheets of the same pictures have the same bytes.
 */
@NullMarked
package io.atelier.learn.sheet;

import org.jspecify.annotations.NullMarked;
