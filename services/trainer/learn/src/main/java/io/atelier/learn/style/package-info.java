/**
 * What makes a picture look like a painting, without any network that was trained before: a loss that compares a picture's
 * texture and palette with a painting's and its forms with a photograph's.
 *
 * <p>Pictures are (1, 3, height, width) in 0..1, in float32. The covariances of rectified wavelets
 * ({@link io.atelier.learn.style.Wavelets}) carry most of a manner, those of a small random network
 * ({@link io.atelier.learn.style.RandomNet}) its grain, sorted colours ({@link io.atelier.learn.style.Palette}) its palette.
 * A painting's numbers are computed once and kept until closed; a loss's own tensors belong to the caller's pointer scope.
 */
@NullMarked
package io.atelier.learn.style;

import org.jspecify.annotations.NullMarked;
