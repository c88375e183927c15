package io.atelier.trainer.runtime.kubernetes;

import io.atelier.trainer.runtime.process.LearnProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is the same in the Jobs of all trainings.
 *
 * @param image the image that holds a JVM and the training program
 * @param program the program in the image
 * @param gpus how many GPUs a training gets
 * @param gpuResource the name under which the cluster counts them
 * @param cpus how many processors it gets, as a Kubernetes quantity
 * @param scratchBytes the most it may write beside its volumes
 * @param nodeSelector labels that its node must have
 * @param tolerated taints that its node may have
 * @param queue the Kueue queue it waits in
 * @param serviceAccount the account of its pod, which needs no rights
 * @param pullSecrets Secrets with which the image is pulled
 * @param envSecret a Secret whose keys become environment variables
 * @param claims the volumes
 * @param user the user id it runs as; the image's own when absent
 * @param group its group id, which its volumes get too; the image's own when absent
 * @param runLimit how long the cluster lets it run
 * @param kept how long the cluster keeps it once it has ended
 * @param grace how long it may take to keep its last step when it is asked to stop
 */
public record JobPlan(
        String image,
        LearnProgram program,
        int gpus,
        String gpuResource,
        String cpus,
        long scratchBytes,
        Map<String, String> nodeSelector,
        List<Tolerated> tolerated,
        Optional<String> queue,
        Optional<String> serviceAccount,
        List<String> pullSecrets,
        Optional<String> envSecret,
        List<ClaimMount> claims,
        OptionalLong user,
        OptionalLong group,
        Optional<Duration> runLimit,
        Duration kept,
        Duration grace) {
    /** Where a training may write beside its volumes. */
    public static final String SCRATCH = "/scratch";

    /** The run's folder of a training that keeps its run in an object store. */
    public static final Path RUN = Path.of(SCRATCH, "run");

    /** How far the container's memory lies above what the training ends in order at: one operation may pass that. */
    static final int SPARE_MB = 512;

    public JobPlan {
        nodeSelector = Map.copyOf(nodeSelector);
        tolerated = List.copyOf(tolerated);
        pullSecrets = List.copyOf(pullSecrets);
        claims = List.copyOf(claims);
    }

    /** What the program is told to train on. */
    String device() {
        return gpus > 0 ? "cuda:0" : "cpu";
    }

    int memoryMb() {
        return program.memoryMb() + SPARE_MB;
    }
}
