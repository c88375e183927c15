package io.atelier.cli;

import io.atelier.local.RunningSuite;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Names the service to call. */
public final class TargetOption {
    @Mixin
    private final StateOption state = new StateOption();

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "The service's gRPC address (default: the suite that runs on the state folder).")
    private @Nullable String target;

    /** The address of a service. */
    public String address(String service) {
        if (target != null) {
            return target;
        }
        return RunningSuite.find(state.folder())
                .map(suite -> "127.0.0.1:" + suite.ports().of(service).grpc())
                .orElseThrow(() -> CommandException.failed(
                        "No suite runs on " + state.folder().path()
                                + ". Start one with ./atelier up, or name a service with --target HOST:PORT."));
    }
}
