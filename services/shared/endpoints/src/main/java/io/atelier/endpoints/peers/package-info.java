/**
 * Calls from one service to another: over TLS, with this service's own credential, and in the name of whoever asked.
 */
@NullMarked
package io.atelier.endpoints.peers;

import org.jspecify.annotations.NullMarked;
