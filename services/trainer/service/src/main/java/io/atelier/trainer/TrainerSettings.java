package io.atelier.trainer;

import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.endpoints.config.S3Config;
import io.atelier.s3.S3Location;
import io.atelier.trainer.config.TrainerConfig;
import io.atelier.trainer.domain.BenchSettings;
import io.atelier.trainer.domain.Worker;
import io.atelier.trainer.runtime.ledger.LedgerSettings;
import io.atelier.trainer.runtime.process.LearnProgram;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The trainer's configuration as its parts want it. */
final class TrainerSettings {
    private static final Pattern DEVICE = Pattern.compile("cpu|auto|cuda:\\d{1,2}");
    private static final long MIB = 1 << 20;
    private static final long TIB = 1L << 40;
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final TrainerConfig config;
    private final S3Config s3;

    TrainerSettings(TrainerConfig config, S3Config s3) {
        this.config = config;
        this.s3 = s3;
    }

    /** Adds what is wrong with it to a check. */
    ConfigCheck check(ConfigCheck check) {
        dataRoots().forEach(root -> check.location("atelier.trainer.data-roots", root));
        config.runs()
                .ifPresent(runs -> check.holds(
                        S3Location.parse(runs).isPresent(),
                        "atelier.trainer.runs is '" + runs + "'; it must be s3://bucket/prefix"));
        return check.range("atelier.trainer.memory", config.memory().asLongValue(), 512 * MIB, TIB)
                .range(
                        "atelier.trainer.heap",
                        config.heap().asLongValue(),
                        128 * MIB,
                        config.memory().asLongValue())
                .range("atelier.trainer.threads", config.threads().orElse(1), 1, 1024)
                .range("atelier.trainer.lease", config.lease(), Duration.ofSeconds(2), Duration.ofMinutes(10))
                .range("atelier.trainer.barren-claims", config.barrenClaims(), 1, 100)
                .range(
                        "atelier.trainer.stop-patience",
                        config.stopPatience(),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10))
                .range("atelier.trainer.runs-kept", config.runsKept(), Duration.ofHours(1), Duration.ofDays(3650))
                .holds(
                        Files.isRegularFile(config.program()),
                        "atelier.trainer.program is '" + config.program() + "', and there is no such file")
                .holds(
                        config.devices().stream().allMatch(DEVICE.asMatchPredicate())
                                && new HashSet<>(config.devices()).size()
                                        == config.devices().size(),
                        "atelier.trainer.devices is '" + config.devices()
                                + "'; it must name cpu, auto or cuda:N, each once");
    }

    LedgerSettings ledger() {
        return new LedgerSettings(config.lease(), config.barrenClaims());
    }

    BenchSettings bench() {
        return new BenchSettings(config.lease(), GLANCE, IDLE, config.stopPatience(), RETRY);
    }

    LearnProgram program() {
        return new LearnProgram(
                config.program(),
                (int) (config.heap().asLongValue() / MIB),
                (int) (config.memory().asLongValue() / MIB),
                config.threads(),
                stores());
    }

    /** How a training program is told to reach object stores. Where credentials are is another matter on each machine. */
    private List<String> stores() {
        List<String> options = new ArrayList<>(List.of("--s3-region", s3.region()));
        s3.endpoint().ifPresent(url -> options.addAll(List.of("--s3-endpoint", url.toString())));
        if (s3.pathStyle()) {
            options.add("--s3-path-style");
        }
        if (!inCluster()) {
            s3.credentialsFile()
                    .ifPresent(file -> options.addAll(
                            List.of("--s3-credentials", file.toAbsolutePath().toString())));
        }
        return options;
    }

    /** Whether trainings run in a cluster, and not on this machine. */
    boolean inCluster() {
        return config.runner() == TrainerConfig.RunnerKind.KUBERNETES;
    }

    List<String> devices() {
        return config.devices();
    }

    /** Who works on a device, and what the device is called among all machines. */
    Worker worker(String device) {
        return new Worker(replica(), machine() + "/" + device);
    }

    /** What this process is called among all who work on jobs. */
    String replica() {
        return machine() + "/" + ProcessHandle.current().pid();
    }

    private String machine() {
        return config.machine().orElseGet(TrainerSettings::host);
    }

    private List<String> dataRoots() {
        return config.dataRoots().orElse(List.of());
    }

    /** The data roots that are folders. */
    List<Path> dataFolders() {
        return dataFolders(config);
    }

    static List<Path> dataFolders(TrainerConfig config) {
        return config.dataRoots().orElse(List.of()).stream()
                .filter(root -> !S3Location.isMeant(root))
                .map(Path::of)
                .toList();
    }

    /** The data roots in object stores. */
    List<S3Location> dataAddresses() {
        return dataRoots().stream()
                .flatMap(root -> S3Location.parse(root).stream())
                .toList();
    }

    /** Where runs are kept beside this machine. */
    Optional<S3Location> runs() {
        return config.runs().flatMap(S3Location::parse);
    }

    Path work() {
        return config.work();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
