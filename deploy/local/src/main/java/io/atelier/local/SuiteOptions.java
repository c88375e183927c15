package io.atelier.local;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a suite consists of and whom it tells.
 *
 * @param state where everything that lasts lies
 * @param elsewhere what it uses by its address in the place of its own
 * @param services the services to run
 * @param ports where they listen
 * @param starters the folder of the starter models
 * @param jars each service's jar by its name; for the trainer also {@code database} and {@code learn}
 * @param dataRoots the folders and {@code s3://bucket/prefix} addresses below which trainings may name their data
 * @param jvm options for the services' JVMs beside their settings
 * @param recordStarts whether a service that has no start cache yet leaves one when it stops, which then takes longer
 * @param console takes the suite's own lines
 * @param logs takes the services' lines, their names before them
 */
public record SuiteOptions(
        StateFolder state,
        Elsewhere elsewhere,
        List<ServiceSpec> services,
        SuitePorts ports,
        Path starters,
        Function<String, Path> jars,
        List<String> dataRoots,
        List<String> jvm,
        boolean recordStarts,
        Consumer<String> console,
        Consumer<String> logs) {

    /** A suite with everything of its own. */
    public SuiteOptions(
            StateFolder state,
            List<ServiceSpec> services,
            SuitePorts ports,
            Path starters,
            Function<String, Path> jars,
            List<String> dataRoots,
            List<String> jvm,
            boolean recordStarts,
            Consumer<String> console,
            Consumer<String> logs) {
        this(state, Elsewhere.nothing(), services, ports, starters, jars, dataRoots, jvm, recordStarts, console, logs);
    }

    boolean databaseNeeded() {
        return ServiceSpec.needDatabase(services);
    }

    /** The database's JDBC address. */
    String database() {
        return elsewhere
                .database()
                .orElseGet(() ->
                        "jdbc:postgresql://" + BrokerConfig.HOST + ":" + ports.database() + "/postgres?user=postgres");
    }

    /** The broker's address. */
    String kafka() {
        return elsewhere.kafka().orElseGet(() -> BrokerConfig.HOST + ":" + ports.kafka());
    }
}
