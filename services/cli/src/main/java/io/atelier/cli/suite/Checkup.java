package io.atelier.cli.suite;

import com.sun.management.OperatingSystemMXBean;
import io.atelier.local.Ports;
import io.atelier.local.RunningSuite;
import io.atelier.local.ServiceSpec;
import io.atelier.local.StateFolder;
import io.atelier.local.SuitePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at one thing after another. */
final class Checkup {
    private static final int JDK = 25;
    private static final long MEMORY_MIB = 2048;
    private static final long DISK_MIB = 2048;
    private static final long MIB = 1 << 20;

    /** What was looked at. */
    record Finding(String what, State state, String found) {}

    /** How it stands. */
    enum State {
        OK,
        NOTE,
        MISSING;

        String mark() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Checkup() {}

    static List<Finding> all(StateFolder state) {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        findings.add(maven());
        findings.add(platform());
        findings.add(nativeLibraries());
        findings.add(cores());
        findings.add(memory());
        findings.add(disk(state.path()));
        findings.add(ports(state));
        findings.add(stateFolder(state));
        return findings;
    }

    private static Finding jdk() {
        int major = Runtime.version().feature();
        return new Finding(
                "JDK",
                major >= JDK ? State.OK : State.MISSING,
                Runtime.version() + " in " + System.getProperty("java.home"));
    }

    private static Finding maven() {
        return version("mvn", "-v")
                .map(line -> new Finding("Maven", State.OK, line))
                .orElseGet(() -> new Finding("Maven", State.MISSING, "not on the PATH; apt-get install maven"));
    }

    private static Finding platform() {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return switch (platform) {
            case "Linux amd64" -> new Finding("Platform", State.OK, platform);
            case "Mac OS X aarch64" ->
                new Finding("Platform", State.NOTE, platform + ", as far as the libraries carry");
            default -> new Finding("Platform", State.MISSING, platform + "; Linux x86_64 or macOS arm64 is needed");
        };
    }

    /** ONNX Runtime and libtorch bring themselves but the C++ runtime they were built against. */
    private static Finding nativeLibraries() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return new Finding("C++ runtime", State.OK, "part of the system");
        }
        for (String folder : List.of("/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64")) {
            if (Files.exists(Path.of(folder, "libstdc++.so.6"))) {
                return new Finding("C++ runtime", State.OK, folder + "/libstdc++.so.6");
            }
        }
        return new Finding("C++ runtime", State.MISSING, "no libstdc++.so.6; apt-get install libstdc++6");
    }

    private static Finding cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Finding("Cores", cores >= 2 ? State.OK : State.NOTE, cores + (cores >= 2 ? "" : "; slow with one"));
    }

    private static Finding memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long mib = system.getTotalMemorySize() / MIB;
        return new Finding(
                "Memory", mib >= MEMORY_MIB ? State.OK : State.NOTE, mib + " MiB; the suite idles below 2048");
    }

    private static Finding disk(Path path) {
        Path existing = path;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long mib = Files.getFileStore(existing).getUsableSpace() / MIB;
            return new Finding("Disk", mib >= DISK_MIB ? State.OK : State.NOTE, mib + " MiB free at " + existing);
        } catch (IOException e) {
            return new Finding("Disk", State.MISSING, existing + " cannot be read");
        }
    }

    private static Finding ports(StateFolder state) {
        if (RunningSuite.find(state).isPresent()) {
            return new Finding("Ports", State.OK, "in use by the running suite");
        }
        String taken = SuitePorts.usual(ServiceSpec.ALL, 0).named().entrySet().stream()
                .filter(port -> !Ports.isFree(port.getValue()))
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .collect(Collectors.joining(", "));
        return taken.isEmpty()
                ? new Finding("Ports", State.OK, "all free")
                : new Finding("Ports", State.NOTE, taken + " taken; use ./atelier up --port-offset N");
    }

    private static Finding stateFolder(StateFolder state) {
        Optional<RunningSuite> suite = RunningSuite.find(state);
        if (suite.isPresent()) {
            return new Finding(
                    "State",
                    State.OK,
                    state.path() + ", a suite runs as process " + suite.get().pid());
        }
        if (!Files.exists(state.path())) {
            return new Finding("State", State.OK, state.path() + ", not made yet");
        }
        return Files.isWritable(state.path())
                ? new Finding("State", State.OK, state.path() + ", no suite runs")
                : new Finding("State", State.MISSING, state.path() + " is not writable");
    }

    private static Optional<String> version(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (Stream<String> lines = process.inputReader().lines()) {
                String first =
                        lines.filter(line -> line.contains("Maven")).findFirst().orElse("of unknown version");
                process.waitFor(10, TimeUnit.SECONDS);
                return Optional.of(first.replaceAll("\u001B\\[[0-9;]*m", ""));
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
