/**
 * Pictures as files and as tensors: PNG and JPEG with their provenance inside, grids of pictures, and the way between
 * 8-bit pixels and a model's floats.
 *
 * <p>Encoding is deterministic: the same pixels and provenance give the same bytes on the same Java build (its zlib and
 * JPEG coder decide the compressed form). Decoding trusts nothing: the magic bytes decide the format, the header's size is
 * checked before anything is allocated, pixels that a file has no room for are refused, and only the parts of a file that
 * pixels need are looked at, so that no embedded text, profile or thumbnail can be a bomb. JPEGs are coded by the JDK's own
 * coder, whatever plug-ins the class path offers, and PNGs are written by it; they are read here row by row, in a fifth of
 * its time and half of its memory. Colours are converted by the JDK's colour engine, which sees only matrices, curves and
 * tables of well-formed profiles. A broken profile is left out and the picture read as sRGB, as browsers do it: the pixels
 * are whole, and who sends a picture can seldom mend its profile.
 */
@NullMarked
package io.atelier.artifacts.pictures;

import org.jspecify.annotations.NullMarked;
