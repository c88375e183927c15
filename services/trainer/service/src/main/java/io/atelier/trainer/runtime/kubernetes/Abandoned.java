package io.atelier.trainer.runtime.kubernetes;

import io.atelier.trainer.domain.JobId;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Ends trainings that nobody attends to and nobody will: their job was cancelled, or has ended, while their worker was
 * dead. Any number of replicas may do this beside each other.
 */
final class Abandoned {
    private static final System.Logger LOG = System.getLogger(Abandoned.class.getName());

    private final Cluster cluster;
    private final Predicate<JobId> held;
    private Set<String> suspects = Set.of();

    /** @param held whether a job has a worker */
    Abandoned(Cluster cluster, Predicate<JobId> held) {
        this.cluster = cluster;
        this.held = held;
    }

    /** Ends those that were without a worker the last time too: one that ends just now needs a moment to go by itself. */
    void sweep() {
        try {
            Set<String> found = new HashSet<>();
            for (var job : cluster.jobs(JobManifest.MANAGED, JobManifest.MANAGER)) {
                String id = job.getMetadata().getLabels().getOrDefault(JobManifest.JOB, "");
                if (!Sight.hasEnded(job) && !held.test(new JobId(UUID.fromString(id)))) {
                    found.add(job.getMetadata().getName());
                }
            }
            for (String attempt : found) {
                if (suspects.contains(attempt)) {
                    LOG.log(System.Logger.Level.INFO, "{0} has no worker any more and is ended", attempt);
                    cluster.delete(attempt, Duration.ZERO);
                }
            }
            suspects = found;
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.WARNING, "the cluster could not be swept; next try in a minute", e);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the cluster's trainings could not be judged; next try in a minute",
                    e);
        }
    }
}
