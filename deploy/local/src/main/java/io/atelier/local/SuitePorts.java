package io.atelier.local;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where a suite listens on the loopback address.
 *
 * @param kafka the broker's port
 * @param controller the port of the broker's controller
 * @param database the database's port; 0 when no service needs it
 * @param services the services' ports by name
 */
public record SuitePorts(int kafka, int controller, int database, Map<String, ServicePorts> services) {
    private static final int KAFKA = 9092;
    private static final int CONTROLLER = 9093;
    private static final int DATABASE = 9432;
    private static final String KAFKA_NAME = "Kafka";
    private static final String DATABASE_NAME = "PostgreSQL";

    /**
     * A service's two ports.
     *
     * @param http for health, metrics and artifacts
     * @param grpc for calls
     */
    public record ServicePorts(int http, int grpc) {}

    /** The usual ports, all moved by the same number. */
    public static SuitePorts usual(List<ServiceSpec> services, int offset) {
        Map<String, ServicePorts> ports = new LinkedHashMap<>();
        for (ServiceSpec spec : services) {
            ports.put(spec.name(), new ServicePorts(spec.httpPort() + offset, spec.grpcPort() + offset));
        }
        return new SuitePorts(
                KAFKA + offset, CONTROLLER + offset, ServiceSpec.needDatabase(services) ? DATABASE + offset : 0, ports);
    }

    /** Ports that are free now. */
    public static SuitePorts free(List<ServiceSpec> services) {
        Iterator<Integer> free = Ports.free(3 + 2 * services.size()).iterator();
        Map<String, ServicePorts> ports = new LinkedHashMap<>();
        for (ServiceSpec spec : services) {
            ports.put(spec.name(), new ServicePorts(free.next(), free.next()));
        }
        return new SuitePorts(free.next(), free.next(), ServiceSpec.needDatabase(services) ? free.next() : 0, ports);
    }

    public ServicePorts of(String service) {
        return Objects.requireNonNull(services.get(service), service);
    }

    /** Refuses when something else listens on one of the ports; says on which, and whose they would be. */
    void requireFree(Elsewhere elsewhere) {
        String taken = named().entrySet().stream()
                .filter(port -> elsewhere.kafka().isEmpty() || !port.getKey().startsWith(KAFKA_NAME))
                .filter(port -> elsewhere.database().isEmpty() || !port.getKey().equals(DATABASE_NAME))
                .filter(port -> !Ports.isFree(port.getValue()))
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new LocalException(
                    "Something else listens on port " + taken + ". Stop it, or move all ports with --port-offset N.");
        }
    }

    /** Every port under the name of what listens there. */
    public Map<String, Integer> named() {
        Map<String, Integer> named = new LinkedHashMap<>();
        named.put(KAFKA_NAME, kafka);
        named.put(KAFKA_NAME + "'s controller", controller);
        if (database != 0) {
            named.put(DATABASE_NAME, database);
        }
        services.forEach((name, ports) -> {
            named.put(name + " HTTP", ports.http());
            named.put(name + " gRPC", ports.grpc());
        });
        return named;
    }
}
