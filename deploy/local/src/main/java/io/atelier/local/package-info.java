/**
 * The whole installation on one machine: a Kafka broker in this JVM and the services as its child processes.
 *
 * <p>Everything listens on loopback alone. Everything that lasts lies in one state folder, and one suite at a time holds
 * it. However this process ends, no child outlives it: a child that loses its parent stops by itself.
 */
@NullMarked
package io.atelier.local;

import org.jspecify.annotations.NullMarked;
