/**
 * Artifacts and outcomes in an object store that any number of machines share.
 *
 * <pre>
 * artifacts/{sha256}/{day}            the bytes, by the day (UTC) they were put
 * artifacts/{sha256}/{day}.{put}.json the sidecar: these bytes were put, or put again, on that other day
 * outcomes/{key}.json                 an outcome under its request key, put if absent
 * usage.json                          the bytes of all artifacts, as the last sweep counted them
 * sweep.json                          when a process last began to sweep
 * conditional-writes                  put if absent at every start: a store that lets it be put twice is refused
 * </pre>
 *
 * <p>There are no locks between machines, so keys carry days. A put of known bytes adds a sidecar of its own day. A put
 * relies on bytes that are there only while a sidecar is younger than the retention; a sweep deletes only sidecars that
 * are more than a day older than it, and bytes without sidecars. So a sweep never deletes what a put relies on, as long
 * as clocks differ by less than a day, and things are kept up to two days longer than the retention.
 *
 * <p>An outcome renews the artifacts it names when it is put, so they outlive it, and a sweep need not read outcomes.
 *
 * <p>Counting all bytes at every put would cost more than the put. The quota is held against the last sweep's count and
 * what this process put since: machines that put at the same time may go beyond it by what they put until the next sweep,
 * within the hour.
 */
@NullMarked
package io.atelier.artifacts.objects;

import org.jspecify.annotations.NullMarked;
