package io.atelier.local;

import java.util.List;

/**
 * A service the local runtime can run. A new service is one more line in {@link #ALL}.
 *
 * @param name its name
 * @param httpPort its usual HTTP port
 * @param grpcPort its usual gRPC port
 * @param keepsLedger whether it needs the database
 */
public record ServiceSpec(String name, int httpPort, int grpcPort, boolean keepsLedger) {
    public static final List<ServiceSpec> ALL =
            List.of(new ServiceSpec("image", 8081, 9081, false), new ServiceSpec("trainer", 8084, 9084, true));

    /** Those that make works; they need neither database nor libtorch. */
    public static final List<ServiceSpec> GENERATION =
            ALL.stream().filter(spec -> !spec.keepsLedger()).toList();

    /** Whether any of these services needs the database. */
    static boolean needDatabase(List<ServiceSpec> services) {
        return services.stream().anyMatch(ServiceSpec::keepsLedger);
    }

    public static List<String> names() {
        return ALL.stream().map(ServiceSpec::name).toList();
    }

    /** The services of these names; refuses a name that no service has. */
    public static List<ServiceSpec> named(List<String> wanted) {
        for (String name : wanted) {
            if (!names().contains(name)) {
                throw new LocalException(
                        "No service is called " + name + "; there are " + String.join(", ", names()) + ".");
            }
        }
        return ALL.stream().filter(spec -> wanted.contains(spec.name())).toList();
    }
}
