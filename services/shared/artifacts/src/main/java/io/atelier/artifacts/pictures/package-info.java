/**
 * Pictures as files and as tensors: PNG and JPEG with their provenance inside, grids of pictures, and the way between
 * 8-bit pixels and a model's floats.
 *
 * <p>Encoding is deterministic: the same pixels and provenance give the same bytes on the same Java build (its zlib and
 * JPEG coder decide the compressed form). Decoding trusts nothing: the magic bytes decide the format, the header's size is
 * checked before anything is allocated, and the decoder sees only the parts of a file that pixels need, so that no
 * embedded text, profile or thumbnail can be a bomb. Only the JDK's own PNG and JPEG coders are used, whatever plug-ins
 * the class path offers.
 */
@NullMarked
package io.atelier.artifacts.pictures;

import org.jspecify.annotations.NullMarked;
