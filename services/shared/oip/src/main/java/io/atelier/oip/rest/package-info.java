/**
 * The protocol over HTTP with JSON, and its extension for binary tensors: bytes behind the JSON, in the order of the tensors
 * that say how many are theirs, when {@code Inference-Header-Content-Length} says where the JSON ends.
 *
 * <p>Refusals are {@code {"error": "CODE: sentence"}}, as the protocol has them.
 */
@NullMarked
package io.atelier.oip.rest;

import org.jspecify.annotations.NullMarked;
