package io.atelier.endpoints.security;

import java.util.Set;

/**
 * The entrances that need no credential: an orchestrator asks them whether the process lives, a monitor for its meters.
 * Everything that is not listed here is closed.
 */
public final class OpenDoors {
    private static final Set<String> RPCS = Set.of(
            "grpc.health.v1.Health/Check",
            "grpc.health.v1.Health/Watch",
            "grpc.health.v1.Health/List",
            "inference.GRPCInferenceService/ServerLive",
            "inference.GRPCInferenceService/ServerReady");
    private static final Set<String> PATHS = Set.of(
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/q/metrics",
            "/v2/health/live",
            "/v2/health/ready");
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private OpenDoors() {}

    /** Whether an RPC, {@code package.Service/Method}, needs no credential. */
    public static boolean isOpenRpc(String fullMethodName) {
        return RPCS.contains(fullMethodName);
    }

    /**
     * Whether an HTTP request needs no credential.
     *
     * @param path the path as it was sent: only one without any trick is equal to a listed one
     */
    public static boolean isOpenPath(String method, String path) {
        return METHODS.contains(method) && PATHS.contains(path);
    }
}
