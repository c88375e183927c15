/**
 * Artifacts over plain HTTP for browsers and tools, and the guard that keeps other sites' pages away from a local service.
 */
@NullMarked
package io.atelier.endpoints.http;

import org.jspecify.annotations.NullMarked;
