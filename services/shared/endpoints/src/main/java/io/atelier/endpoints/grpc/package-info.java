/**
 * The gRPC side every service shares: who calls and how long they wait, one place that turns problems into statuses, streams
 * that cannot grow without bound, and the entrance that runs a request once.
 *
 * <p>Services extend grpc-java's plain {@code ...ImplBase}: Quarkus' Mutiny stubs stream without flow control. A service
 * method only decodes and hands over; the work runs on a virtual thread, so no event loop ever waits.
 */
@NullMarked
package io.atelier.endpoints.grpc;

import org.jspecify.annotations.NullMarked;
