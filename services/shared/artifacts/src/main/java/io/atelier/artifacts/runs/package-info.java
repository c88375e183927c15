/**
 * Runs a request at most once to an outcome, whatever entrance it came by.
 *
 * <p>{@link io.atelier.artifacts.runs.Runs} registers a run as in flight, then looks for a stored outcome, then works;
 * at the end it puts the outcome if none is stored and answers what is stored. Between two equal requests that run at
 * once the first put decides. Nothing but the runs in flight is held in memory: the store alone remembers.
 *
 * <p>The order matters. A cancellation is put first and stops runs second, so that a run which was registered before
 * the put is found and stopped, and one registered after it finds the stored outcome.
 *
 * <p>Knows neither protobuf nor a broker: a request's body comes as the deterministic bytes of its codec, an outcome's
 * data as JSON with proto field names.
 */
@NullMarked
package io.atelier.artifacts.runs;

import org.jspecify.annotations.NullMarked;
