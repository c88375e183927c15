/**
 * What the image service does, whatever entrance a request comes by: makes pictures, paints photographs and
 * names what is on pictures.
 *
 * <p>Blocking code for virtual threads, over the plain types of the shared libraries: no framework, no wire format, no
 * ONNX. The same request gives the same bytes: randomness comes from the request's seed alone, a picture's from the seed
 * and its index, so it is the same in any batch and for any count.
 *
 * <p>Photographs are painted by feed-forward networks ({@code StylizeImage}), whole or part by part ({@code Painting}); what
 * kinds of networks there are only {@code Stylizer} knows.
 */
@NullMarked
package io.atelier.image.domain;

import org.jspecify.annotations.NullMarked;
