package io.atelier.trainer.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How the trainer runs trainings. */
@ConfigMapping(prefix = "atelier.trainer")
public interface TrainerConfig {

    /**
     * Where trainings run: {@code process}, as child processes on this machine, or {@code kubernetes}, as Jobs of a
     * cluster.
     */
    @WithDefault("process")
    RunnerKind runner();

    /**
     * Folders and {@code s3://bucket/prefix} addresses below which jobs may name their data. None: only uploaded
     * archives.
     */
    Optional<List<String>> dataRoots();

    /**
     * The folder of the attempts' runs: checkpoints, samples, logs. Shared by replicas that share jobs, unless
     * {@code atelier.trainer.runs} is written.
     */
    Path work();

    /**
     * An {@code s3://bucket/prefix} where trainings keep their runs beside {@code atelier.trainer.work}, so that other
     * machines can go on with them. Default: nowhere.
     */
    Optional<String> runs();

    /** The jar of the training program. */
    Path program();

    /** What this replica trains on: cpu, cuda:N or auto; a workbench each. */
    @WithDefault("auto")
    List<String> devices();

    /**
     * What this machine is called in the names of devices. Replicas on one machine that share a device must share it too,
     * so that no two jobs run on the device at once; default: the host's name.
     */
    Optional<String> machine();

    /** Threads of a training; default: one a core. */
    OptionalInt threads();

    /** The most a training's process may take, libtorch included; 512 MiB to 1 TiB. */
    @WithDefault("8G")
    MemorySize memory();

    /** The Java heap of a training's process, within its memory; 128 MiB to 1 TiB. */
    @WithDefault("2G")
    MemorySize heap();

    /** How long a claim on a job holds without being renewed; 2 s to 10 min. */
    @WithDefault("20s")
    Duration lease();

    /** How often a job may be claimed without a step forward before it fails; 1 to 100. */
    @WithDefault("5")
    int barrenClaims();

    /** How long a training that is asked to stop may take to keep its last step; 1 s to 10 min. */
    @WithDefault("20s")
    Duration stopPatience();

    /** How long the runs of ended jobs that nobody touches are kept; 1 h to 3650 days. */
    @WithDefault("7d")
    Duration runsKept();

    /** What runs trainings. */
    enum RunnerKind {
        PROCESS,
        KUBERNETES
    }
}
