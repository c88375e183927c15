package io.atelier.oip;

import io.atelier.endpoints.metrics.RequestMeters;
import io.atelier.inference.ModelServer;
import io.atelier.models.ModelRepository;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What a service answers over the Open Inference Protocol, by either entrance. A service's wiring makes one.
 *
 * @param graphs what can be addressed
 * @param infer runs rows
 * @param statistics what has run
 * @param limits the bounds of requests
 */
public record OpenInference(Graphs graphs, InferGraph infer, ReadStatistics statistics, OipLimits limits) {
    /** The server's name in its metadata. */
    public static final String SERVER = "atelier";

    /** What runs the graphs, in the protocol's words. */
    public static final String PLATFORM = "onnxruntime_onnx";

    /** What is spoken beside the protocol itself. */
    public static final List<String> EXTENSIONS = List.of("binary_tensor_data", "schedule_policy", "statistics");

    /**
     * @param kind image, audio or text: the meters' label
     * @param statistics what the server tells of its runs
     */
    public static OpenInference of(
            String kind,
            ModelServer server,
            ModelRepository repository,
            InferenceStatistics statistics,
            RequestMeters meters,
            OipLimits limits,
            InstantSource clock) {
        Graphs graphs = new Graphs(server, repository);
        return new OpenInference(
                graphs,
                new InferGraph(kind, graphs, limits, meters, clock),
                new ReadStatistics(graphs, statistics),
                limits);
    }

    /** How many requests are under way. */
    public int inFlight() {
        return infer.inFlight();
    }

    /** This server's release. */
    public static String version() {
        return ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.version", String.class)
                .orElse("unknown");
    }
}
