package io.atelier.local;

import io.atelier.local.SuitePorts.ServicePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The broker and the services of one machine, from start to stop. */
public final class LocalSuite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration RECORDING = Duration.ofSeconds(90); // beside other work a cache takes its time

    private final SuiteOptions options;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final Map<String, Duration> readyAfter = new HashMap<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private LocalSuite(SuiteOptions options) {
        this.options = options;
    }

    /**
     * Starts everything and returns when it is ready. Throws {@link LocalException}, with nothing left running; an
     * interrupt stops it too.
     */
    public static LocalSuite start(SuiteOptions options) {
        LocalSuite suite = new LocalSuite(options);
        boolean started = false;
        try {
            suite.open();
            started = true;
            return suite;
        } finally {
            if (!started) {
                suite.close();
            }
        }
    }

    public SuitePorts ports() {
        return options.ports();
    }

    /** How long each service took from its start until it was ready. */
    public Map<String, Duration> readyAfter() {
        return Map.copyOf(readyAfter);
    }

    public String bootstrapServers() {
        return options.kafka();
    }

    /** The database's JDBC address as far as it may be shown, where a service needs one. */
    public Optional<String> database() {
        return options.databaseNeeded() ? Optional.of(Elsewhere.shown(options.database())) : Optional.empty();
    }

    /** Completes with the reason when a service died too often; the suite is still to be closed then. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** Drains and stops the services, then the broker. What comes later is stopped first. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted(); // an interrupt asks to stop, not to leave children behind
        supervisors.forEach(Supervisor::stop);
        for (AutoCloseable part : parts.reversed()) {
            closeQuietly(part);
        }
        parts.clear();
        supervisors.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void open() {
        StateFolder state = options.state();
        parts.add(state.take());
        parts.add(BrokerLog.open(state.logs()));
        Elsewhere elsewhere = options.elsewhere();
        elsewhere.requireStores();
        if (options.databaseNeeded()) {
            elsewhere.requireDatabase();
        }
        options.ports().requireFree(elsewhere);
        if (elsewhere.models().isEmpty()) {
            Starters.open(options.starters(), state.models());
        }
        Optional<Database> database = startDatabase();
        if (elsewhere.kafka().isEmpty()) {
            say("Starting Kafka on port " + options.ports().kafka());
            parts.add(EmbeddedBroker.start(
                    state.broker(), options.ports().kafka(), options.ports().controller()));
            Topics.create(options.kafka(), Topics.of(Topics.KINDS));
        } else {
            Topics.createOn(options.kafka(), Topics.of(Topics.KINDS));
        }
        database.ifPresent(Database::await);
        options.services().forEach(this::launch);
        for (int i = 0; i < supervisors.size(); i++) {
            String name = options.services().get(i).name();
            Readiness.await(
                    name, options.ports().of(name).http(), supervisors.get(i).gaveUp(), PATIENCE, options.console());
            readyAfter.put(name, supervisors.get(i).sinceStart());
        }
        parts.add(() -> RunningSuite.remove(state));
        new RunningSuite(ProcessHandle.current().pid(), options.ports(), options.kafka()).write(state);
    }

    /** Started before the broker and waited for after it: both take seconds. */
    private Optional<Database> startDatabase() {
        if (!options.databaseNeeded() || options.elsewhere().database().isPresent()) {
            return Optional.empty();
        }
        say("Starting PostgreSQL on port " + options.ports().database());
        Database database = Database.start(options);
        database.gaveUp().thenAccept(failure::complete);
        parts.add(database);
        return Optional.of(database);
    }

    private void launch(ServiceSpec spec) {
        ServicePorts ports = options.ports().of(spec.name());
        say("Starting the " + spec.name() + " service on ports " + ports.http() + " (HTTP) and " + ports.grpc()
                + " (gRPC)");
        Path jar = options.jars().apply(spec.name());
        StartCache cache = StartCache.beside(jar);
        boolean records = options.recordStarts() && !cache.isKept();
        List<String> start = records ? recording(cache) : cache.isKept() ? cache.use() : List.of();
        ProcessBuilder command =
                JavaCommand.of(jar, ServiceSettings.of(options, spec, start)).process();
        command.directory(options.state().logs().toFile());
        ServiceLog log = new ServiceLog(spec.name(), options.state().logs(), options.logs());
        Supervisor supervisor = new Supervisor(
                spec.name(), command, log, options.console(), records ? RECORDING : DRAIN, InstantSource.system());
        supervisor.gaveUp().thenAccept(failure::complete);
        supervisors.add(supervisor);
        if (records) {
            parts.add(() -> keep(cache, supervisor)); // runs after the supervisor is closed
        }
        parts.add(supervisor);
        if (records) {
            parts.add(() ->
                    say("Keeping what the " + spec.name() + " service loaded, so that it starts faster next time"));
        }
        supervisor.start();
    }

    private static List<String> recording(StartCache cache) {
        try {
            return cache.record();
        } catch (IOException e) {
            throw new LocalException("The start cache beside a service's jar cannot be written.", e);
        }
    }

    private static void keep(StartCache cache, Supervisor supervisor) throws IOException {
        if (supervisor.wasKilled()) {
            cache.forget();
        } else {
            cache.keep();
        }
    }

    private void say(String line) {
        options.console().accept(line);
    }

    private void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            say("Something did not stop in order: " + e.getMessage());
        }
    }
}
