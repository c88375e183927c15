/**
 * Tiny models for tests, and the suite every model repository must pass.
 *
 * <p>The models are real ONNX graphs that any runtime takes, built in milliseconds, the same on every machine: a
 * generator and a flow whose pictures show their label, a classifier that recognises them, and both makers so that they take
 * their time and can be terminated. They keep the contract of the trained ones: roles, channels, ranges, limits.
 */
@NullMarked
package io.atelier.kit.models;

import org.jspecify.annotations.NullMarked;
