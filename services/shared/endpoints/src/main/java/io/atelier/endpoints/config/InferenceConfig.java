package io.atelier.endpoints.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** On what and how much models run. */
@ConfigMapping(prefix = "atelier.inference")
public interface InferenceConfig {
    /** {@code cpu}, {@code cuda:N}, or {@code auto}: a GPU where there is one. A named GPU that is missing is an error. */
    @WithDefault("cpu")
    String device();

    /** How many threads all runs of this process share; 1 to 1024. Default: the processors of the machine. */
    OptionalInt threads();

    /** How many graphs may run at once, each once at a time; 1 to 64. */
    @WithDefault("2")
    int workers();

    /** How many rows may wait for one graph; beyond it requests are refused with a delay; 1 to 1,000,000. */
    @WithDefault("1024")
    int queue();

    /** As many rows share a run as fit into this time, so that nobody waits for a long one; 1 ms to 1 min. */
    @WithDefault("100ms")
    Duration maxRun();

    /** How long loading a model may take before it counts as broken; 1 s to 1 h. */
    @WithDefault("60s")
    Duration maxLoad();

    /** The largest model package that is loaded; at least 1 MiB. */
    @WithDefault("2G")
    MemorySize maxModel();

    /**
     * What open models may hold together, estimated at twice the bytes of their files; at least 1 MiB. Beyond it those are
     * closed that were not used for the longest time, and opened again when asked for.
     */
    @WithDefault("4G")
    MemorySize memory();

    /** What requests that wait for models may hold together; beyond it they are refused with a delay; at least 1 MiB. */
    @WithDefault("512M")
    MemorySize queueMemory();

    /** How many versions stay loaded that only {@code name@version} asked for; 1 to 64. */
    @WithDefault("2")
    int cachedVersions();
}
