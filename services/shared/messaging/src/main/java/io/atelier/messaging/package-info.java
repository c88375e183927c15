/**
 * Delivery on Kafka: one outcome per request record, at-least-once events, cancellations and dead letters.
 *
 * <p>A service switches it on by naming its kind ({@code atelier.messaging.kind=image}) and producing three beans: its
 * {@link io.atelier.artifacts.runs.Runs} (or a {@link io.atelier.messaging.Desk} of its own), its {@link
 * io.atelier.artifacts.runs.RequestHandler} and a {@link io.atelier.messaging.CancellationDecoder}, which endpoints has. Channels, topics and
 * strategies are configured by this module's {@code META-INF/microprofile-config.properties}; a service may override
 * any line. Keys and values are bytes on every channel, SmallRye's own CloudEvents and tracing support is off: a bad
 * event must not fail a channel before it can be set aside.
 *
 * <table>
 * <caption>Channels</caption>
 * <tr><th>channel</th><th>topic</th><th>commit</th><th>failure</th><th>max in flight</th><th>dead letters</th></tr>
 * <tr><td>requests</td><td>atelier.KIND.requests</td><td>throttled; a record is acknowledged, out of order, once the
 * broker has its outcome's event or its dead letter</td><td>never nacked: a record is served, set aside or left
 * unacknowledged</td><td>atelier.messaging.max-in-flight (16), unordered, on virtual threads</td><td>dead-letter</td></tr>
 * <tr><td>cancellations</td><td>atelier.cancellations, one group per kind</td><td>throttled, after the put</td><td>never
 * nacked; malformed ones are counted and logged</td><td>1</td><td>none</td></tr>
 * <tr><td>replica-cancellations</td><td>atelier.cancellations, one group per process, from its end</td><td>none</td>
 * <td>as above</td><td>1</td><td>none</td></tr>
 * <tr><td>models</td><td>atelier.models, one group per process, from its end</td><td>none</td><td>a hint that cannot be
 * read counts as one</td><td>1</td><td>none</td></tr>
 * <tr><td>results</td><td>atelier.KIND.results</td><td colspan="2">acks=all, idempotent; sent again with backoff
 * until the broker has it or the process stops</td><td>the requests in flight</td><td>none</td></tr>
 * <tr><td>dead-letter</td><td>atelier.KIND.dead-letter</td><td colspan="2">as results</td><td>the requests in flight</td>
 * <td>none</td></tr>
 * <tr><td>progress</td><td>atelier.KIND.progress</td><td colspan="2">once, a lost report is lost</td><td>one per request
 * in flight</td><td>none</td></tr>
 * </table>
 *
 * <p>{@code throttled.unprocessed-record-max-age.ms} is a day, far above the job limit: crossing it closes the channel
 * for good, and an outage of the artifact store, during which nothing may be acknowledged, must not do that. The job
 * limit itself is kept by the runs' own deadline.
 *
 * <p>While the artifact store cannot be written, one request tries on behalf of all and the others wait; with every slot
 * taken SmallRye's bounded queue fills and pauses the partitions, while its thread keeps polling and the group alive.
 *
 * <p>A broker that is away leaves the service ready: its other entrance works on, and requests wait in the topic. A
 * channel that has failed for good fails liveness.
 *
 * <p>A process that stops takes no more records, waits for its runs ({@code atelier.messaging.drain-timeout}) and their
 * events, and leaves everything else unacknowledged.
 *
 * <p>Requests are taken only once the topics are there and keep requests and cancellations shorter than the store keeps
 * outcomes ({@code atelier.artifacts.retention}), and once this replica's own reading of the cancellations has its
 * position, so that no cancellation of a request in flight here is missed.
 */
@NullMarked
package io.atelier.messaging;

import org.jspecify.annotations.NullMarked;
