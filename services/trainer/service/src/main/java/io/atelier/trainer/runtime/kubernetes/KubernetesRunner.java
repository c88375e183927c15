package io.atelier.trainer.runtime.kubernetes;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.TrainingData;
import io.atelier.trainer.runtime.runs.Run;
import io.atelier.trainer.runtime.runs.Runs;
import io.atelier.trainer.runtime.runs.SignReader;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Runs trainings as Jobs of a cluster. */
public final class KubernetesRunner implements Runner {
    private static final System.Logger LOG = System.getLogger(KubernetesRunner.class.getName());

    private final Cluster cluster;
    private final JobPlan plan;
    private final Patience patience;
    private final Runs runs;
    private final TrainingData data;
    private final String models;
    private final InstantSource clock;

    KubernetesRunner(
            Cluster cluster,
            JobPlan plan,
            Patience patience,
            Runs runs,
            TrainingData data,
            String models,
            InstantSource clock) {
        this.cluster = cluster;
        this.plan = plan;
        this.patience = patience;
        this.runs = runs;
        this.data = data;
        this.models = models;
        this.clock = clock;
    }

    /**
     * Uses a cluster's namespace.
     *
     * @param runs where runs are kept: on a volume of the plan, or in an object store
     * @param models where trainings look for models to start from
     * @param queue how long a training may wait in its queue
     * @param start how long its pod may take to start
     */
    public static KubernetesRunner in(
            ClusterClient cluster,
            JobPlan plan,
            Duration queue,
            Duration start,
            Runs runs,
            TrainingData data,
            String models,
            InstantSource clock) {
        return new KubernetesRunner(cluster.cluster(), plan, Patience.of(queue, start), runs, data, models, clock);
    }

    @Override
    public Attempt start(Lease lease) {
        try {
            return attended(lease);
        } catch (KubernetesClientException e) {
            throw Problem.of(
                            ErrorCode.CLUSTER_UNAVAILABLE,
                            "The cluster cannot be reached (" + e.getMessage() + "); it is tried again.")
                    .exception(e);
        }
    }

    private Attempt attended(Lease lease) {
        Job job = lease.job();
        String name = JobManifest.name(job.id(), lease.epoch());
        if (cluster.job(name).isEmpty()) { // else an earlier try has begun it, and it may be writing in its folder
            endOthers(job.id(), name);
            Run run = runs.prepare(job, lease.epoch());
            String input = data.open(job.order().data(), run);
            List<String> arguments = plan.program().training(job.order(), input, run, models, plan.device());
            cluster.create(new JobManifest(plan).of(lease, arguments));
            runs.forgetBefore(job.id(), lease.epoch() - 1); // the last one may still be copied from
        }
        SignReader reader = new SignReader(runs.of(job.id(), lease.epoch()), job.latest());
        return KubernetesAttempt.attend(cluster, name, new Sight(plan, clock), reader, patience, plan.grace());
    }

    /** Ends what attempts before this one have left running: their worker is gone, and nothing else would. */
    private void endOthers(JobId job, String name) {
        cluster.jobs(JobManifest.JOB, job.toString()).stream()
                .filter(found -> !Sight.hasEnded(found)) // those stay for who looks at them
                .map(found -> found.getMetadata().getName())
                .filter(found -> !found.equals(name))
                .forEach(this::end);
    }

    private void end(String attempt) {
        try {
            cluster.delete(attempt, Duration.ZERO);
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.WARNING, attempt + " could not be ended; it writes in its own folder only", e);
        }
    }
}
