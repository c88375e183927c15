/**
 * Brings models from elsewhere into a repository.
 *
 * <p>An ONNX file of unknown origin is copied into a scratch folder with the weights beside it, and what is vetted, tried and
 * published is that copy: nobody can change it in between. It is walked over with every part counted ({@link
 * io.atelier.imports.onnx}), fitted to its task ({@link io.atelier.imports.fit}), tried in a process of its own ({@link
 * io.atelier.inference.trial}) and only then published. Whatever is refused leaves nothing behind.
 */
@NullMarked
package io.atelier.imports;

import org.jspecify.annotations.NullMarked;
