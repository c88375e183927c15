package io.atelier.local;

import java.util.List;

/**
 * A service the local runtime can run. A new service is one more line in {@link #ALL}.
 *
 * @param name its name, also the kind of work it does
 * @param httpPort its usual HTTP port
 * @param grpcPort its usual gRPC port
 */
public record ServiceSpec(String name, int httpPort, int grpcPort) {
    public static final List<ServiceSpec> ALL = List.of(new ServiceSpec("image", 8081, 9081));

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
