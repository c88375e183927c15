/**
 * Tiny models for tests, and the suite every model repository must pass.
 *
 * <p>The models are real ONNX graphs that any runtime takes, built in milliseconds, the same on every machine: a
 * generator whose pictures show their label, a classifier that recognises them, and a generator that takes its time and
 * can be terminated. They keep the contract of the trained ones: roles, channels, ranges, limits.
 */
@NullMarked
package io.atelier.kit.models;

import org.jspecify.annotations.NullMarked;
