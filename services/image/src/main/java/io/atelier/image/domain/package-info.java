/**
 * What the image service does, whatever entrance a request comes by: makes pictures and names what is on them.
 *
 * <p>Blocking code for virtual threads, over the plain types of the shared libraries: no framework, no wire format, no
 * ONNX. The same request gives the same bytes: randomness comes from the request's seed alone, a picture's from the seed
 * and its index, so it is the same in any batch and for any count.
 */
@NullMarked
package io.atelier.image.domain;

import org.jspecify.annotations.NullMarked;
