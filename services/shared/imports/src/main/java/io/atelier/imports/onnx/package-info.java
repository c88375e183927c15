/**
 * Reads ONNX files that may lie.
 *
 * <p>The walk goes over the file's protobuf fields by {@link com.google.protobuf.CodedInputStream}, keeps names, shapes and
 * small constants, and never allocates what a length claims: weights are skipped where they lie. Everything is counted ({@link
 * io.atelier.imports.onnx.OnnxLimits}). A field that should stand once and stands twice is refused, since readers differ in
 * what they make of it. A parser with generated classes would build all of the file's objects first and count later.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
@NullMarked
package io.atelier.imports.onnx;

import org.jspecify.annotations.NullMarked;
