package io.atelier.messaging;

import io.atelier.artifacts.runs.RequestHandler;
import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Delivery on one screen: what it is made of, the order in which it starts and how it stops. */
@ApplicationScoped
class MessagingLifecycle {
    private static final System.Logger LOG = System.getLogger(MessagingLifecycle.class.getName());
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);

    private final MessagingConfig config;
    private final Desk desk;
    private final Stopping stopping = new Stopping();
    private final ReplicaPosition position;
    private final TopicCheck topics;
    private final RecordPump requests;
    private final RecordPump cancellations;
    private final RecordPump replicaCancellations;

    MessagingLifecycle(
            MessagingConfig config,
            @Any Instance<Runs> runs,
            @Any Instance<Desk> desks,
            RequestHandler handler,
            CancellationDecoder decoder,
            Postbox postbox,
            @Identifier(ReplicaPosition.NAME) ReplicaPosition position,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "atelier.artifacts.retention", defaultValue = "P7D") Duration outcomesKept,
            @Any Instance<MeterRegistry> registries,
            @Any Instance<OpenTelemetry> telemetry,
            @Channel("requests") Multi<Message<byte[]>> requestRecords,
            @Channel("cancellations") Multi<Message<byte[]>> cancellationRecords,
            @Channel("replica-cancellations") Multi<Message<byte[]>> replicaCancellationRecords) {
        this.config = config;
        this.position = position;
        this.topics = new TopicCheck(kafka, config.kind(), outcomesKept);
        InstantSource clock = InstantSource.system();
        MessagingMeters meters = new MessagingMeters(
                registries.isResolvable() ? registries.get() : Metrics.globalRegistry, config.kind());
        Backoff backoff = new Backoff(config.retryDelay(), config.retryMaxDelay());
        Delivery delivery = new Delivery(postbox, backoff, stopping);
        StoreGate gate = new StoreGate(backoff, stopping);
        this.desk = desks.isResolvable()
                ? desks.get()
                : new RunsDesk(
                        runs.get(),
                        work -> new RetryingWork(work, backoff, config.internalAttempts(), clock, meters::retry));
        RequestProcessor processor = new RequestProcessor(
                new Preparation(handler),
                desk,
                gate,
                delivery,
                new DeadLetters(delivery, meters),
                new ProgressReports(desk.issuer(), postbox, config.progressInterval(), clock),
                new Traces(telemetry.isResolvable() ? telemetry.get() : OpenTelemetry.noop()),
                meters,
                config.jobLimit(),
                clock);
        CancellationHandler cancelling = new CancellationHandler(config.kind(), decoder, desk, gate, meters);
        this.requests = new RecordPump("requests", requestRecords, config.maxInFlight(), processor::process);
        this.cancellations = new RecordPump("cancellations", cancellationRecords, 1, cancelling::handle);
        this.replicaCancellations =
                new RecordPump("replica-cancellations", replicaCancellationRecords, 1, cancellation -> {
                    boolean handled = cancelling.handle(cancellation);
                    if (handled) {
                        position.handled(cancellation);
                    }
                    return handled;
                });
        meters.inFlight(requests::inFlight);
        if (!config.kind().equals(handler.kind())
                || !config.kind().equals(desk.issuer().kind())) {
            throw new IllegalStateException("atelier.messaging.kind is " + config.kind() + ", but the service handles "
                    + handler.kind() + " and issues events of " + desk.issuer().kind());
        }
    }

    void start(@Observes StartupEvent event) {
        cancellations.start();
        replicaCancellations.start();
        // Not a wait: without a broker the service still comes up for its other entrance.
        Thread.ofVirtual().name("atelier-topic-check").start(this::startRequests);
    }

    private void startRequests() {
        Backoff backoff = new Backoff(config.retryDelay(), config.retryMaxDelay());
        try {
            for (int failures = 1; !topicsAreRight(); failures++) {
                stopping.pause(backoff.after(failures));
            }
            position.positioned().thenRun(requests::start);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.INFO, "stopped before a request was taken");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean topicsAreRight() throws InterruptedException {
        try {
            List<String> problems = topics.problems();
            problems.forEach(
                    problem -> LOG.log(System.Logger.Level.ERROR, "no request is taken from Kafka: {0}", problem));
            return problems.isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.log(System.Logger.Level.WARNING, "no request is taken from Kafka yet: no broker answers", e);
            return false;
        }
    }

    /** Takes no more records, lets the runs end and their events go out, and leaves the rest to the next process. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        requests.refuseMore();
        boolean ended = desk.drain(config.drainTimeout());
        boolean sent = requests.awaitIdle(LAST_EVENTS);
        stopping.signal();
        if (!ended || !sent) {
            requests.awaitIdle(LAST_EVENTS);
            LOG.log(System.Logger.Level.WARNING, "stopped with requests open; they will be delivered again");
        }
    }
}
