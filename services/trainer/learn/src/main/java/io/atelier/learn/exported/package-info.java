/** Runs published packages' graphs on ONNX Runtime, so that an evaluation judges what is served and not what was trained. */
@NullMarked
package io.atelier.learn.exported;

import org.jspecify.annotations.NullMarked;
