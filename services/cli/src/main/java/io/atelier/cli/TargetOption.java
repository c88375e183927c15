package io.atelier.cli;

import io.atelier.local.RunningSuite;
import io.atelier.local.StateFolder;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Names the service to call, and what to show to it. */
public final class TargetOption {
    @Mixin
    private final StateOption state = new StateOption();

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "The service's gRPC address, https://HOST:PORT for TLS with this machine's authorities"
                    + " (default: the suite that runs on the state folder).")
    private @Nullable String target;

    @Option(
            names = "--credential-file",
            paramLabel = "FILE",
            defaultValue = "${env:ATELIER_CREDENTIAL_FILE}",
            description = "A file with the API key or token to show (default: ATELIER_CREDENTIAL_FILE).")
    private @Nullable Path credential;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            defaultValue = "${env:ATELIER_CA}",
            description = "The authority of the service's certificate, PEM; makes the connection use TLS"
                    + " (default: ATELIER_CA).")
    private @Nullable Path ca;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            defaultValue = "${env:ATELIER_CERT}",
            description = "This client's certificate, PEM (default: ATELIER_CERT).")
    private @Nullable Path cert;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            defaultValue = "${env:ATELIER_KEY}",
            description = "The certificate's private key, PEM (default: ATELIER_KEY).")
    private @Nullable Path key;

    /** The state folder, for commands that want it beside a service. */
    public StateFolder state() {
        return state.folder();
    }

    /** Whether a service is named, or runs on the state folder. */
    public boolean reaches(String service) {
        return target != null
                || RunningSuite.find(state.folder())
                        .filter(suite -> suite.ports().services().containsKey(service))
                        .isPresent();
    }

    /** Opens a channel to a service, which shows what the options name; the caller shuts it down. */
    public ManagedChannel channel(String service) {
        if (target == null) { // the local suite asks for nothing, whatever the environment names for others
            return new Connection(
                            running(service), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                    .open();
        }
        return new Connection(
                        target,
                        Optional.ofNullable(credential),
                        Optional.ofNullable(ca),
                        Optional.ofNullable(cert),
                        Optional.ofNullable(key))
                .open();
    }

    private String running(String service) {
        return RunningSuite.find(state.folder())
                .map(suite -> "127.0.0.1:" + suite.ports().of(service).grpc())
                .orElseThrow(() -> CommandException.failed(
                        "No suite runs on " + state.folder().path()
                                + ". Start one with ./atelier up, or name a service with --target HOST:PORT."));
    }
}
