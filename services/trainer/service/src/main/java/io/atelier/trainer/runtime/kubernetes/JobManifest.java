package io.atelier.trainer.runtime.kubernetes;

import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.Lease;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the Job of an attempt. Its pod meets the restricted Pod Security Standard. */
final class JobManifest {
    static final String CONTAINER = "training";
    /** Which attempt something belongs to: the name of its Job. */
    static final String INSTANCE = "app.kubernetes.io/instance";

    /** What all Jobs of trainings have, and with which value. */
    static final String MANAGED = "app.kubernetes.io/managed-by";

    static final String MANAGER = "atelier-trainer";
    static final String JOB = "atelier.io/job";
    static final String EPOCH = "atelier.io/epoch";

    private static final String QUEUE = "kueue.x-k8s.io/queue-name";
    private static final Duration SPARE_GRACE = Duration.ofSeconds(10);

    private final JobPlan plan;

    JobManifest(JobPlan plan) {
        this.plan = plan;
    }

    /** The name of an attempt's Job: 63 characters at most, as labels want it. */
    static String name(JobId job, long epoch) {
        return "atelier-" + job + "-" + epoch;
    }

    Job of(Lease lease, List<String> arguments) {
        JobId id = lease.job().id();
        Map<String, String> labels = labels(id, lease.epoch());
        Map<String, String> jobLabels = new TreeMap<>(labels);
        plan.queue().ifPresent(queue -> jobLabels.put(QUEUE, queue));
        return new JobBuilder()
                .withNewMetadata()
                .withName(name(id, lease.epoch()))
                .withLabels(jobLabels)
                .addToAnnotations(JOB, id.toString())
                .addToAnnotations("atelier.io/recipe", lease.job().order().recipe())
                .endMetadata()
                .withNewSpec()
                .withParallelism(1)
                .withCompletions(1)
                .withBackoffLimit(0)
                .withSuspend(plan.queue().isPresent() ? true : null) // Kueue lets it begin
                .withActiveDeadlineSeconds(
                        plan.runLimit().map(Duration::toSeconds).orElse(null))
                .withTtlSecondsAfterFinished((int) plan.kept().toSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withSpec(pod(arguments))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Map<String, String> labels(JobId job, long epoch) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("app.kubernetes.io/name", "atelier-training");
        labels.put(INSTANCE, name(job, epoch));
        labels.put("app.kubernetes.io/component", "training");
        labels.put("app.kubernetes.io/part-of", "atelier");
        labels.put(MANAGED, MANAGER);
        labels.put(JOB, job.toString());
        labels.put(EPOCH, Long.toString(epoch));
        return labels;
    }

    private PodSpec pod(List<String> arguments) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(plan.serviceAccount().orElse(null))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(
                        plan.grace().plus(SPARE_GRACE).toSeconds())
                .withNodeSelector(plan.nodeSelector().isEmpty() ? null : plan.nodeSelector())
                .withTolerations(
                        plan.tolerated().stream().map(JobManifest::toleration).toList())
                .withImagePullSecrets(plan.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withSecurityContext(podSecurity())
                .withContainers(container(arguments))
                .withVolumes(volumes())
                .build();
    }

    private static Toleration toleration(Tolerated tolerated) {
        return new TolerationBuilder()
                .withKey(tolerated.key())
                .withOperator(tolerated.value().isPresent() ? "Equal" : "Exists")
                .withValue(tolerated.value().orElse(null))
                .withEffect(tolerated.effect().orElse(null))
                .build();
    }

    private PodSecurityContext podSecurity() {
        PodSecurityContextBuilder security = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        plan.user().ifPresent(security::withRunAsUser);
        plan.group()
                .ifPresent(group ->
                        security.withRunAsGroup(group).withFsGroup(group).withFsGroupChangePolicy("OnRootMismatch"));
        return security.build();
    }

    private Container container(List<String> arguments) {
        // read-only but for this: libtorch's libraries are unpacked here
        List<String> options = List.of(
                "-Djava.io.tmpdir=" + JobPlan.SCRATCH,
                "-Dorg.bytedeco.javacpp.cachedir=" + JobPlan.SCRATCH + "/javacpp");
        Map<String, Quantity> share = share();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(plan.image())
                .withCommand(plan.program().command("java", options, arguments))
                .withEnvFrom(environment())
                .addNewEnv()
                .withName("HOME")
                .withValue(JobPlan.SCRATCH)
                .endEnv()
                .withNewResources()
                .withRequests(share)
                .withLimits(share)
                .endResources()
                .withSecurityContext(containerSecurity())
                .withVolumeMounts(mounts())
                .build();
    }

    /** Requests and limits are equal, so that the pod is the last to be evicted for want of memory. */
    private Map<String, Quantity> share() {
        Map<String, Quantity> share = new LinkedHashMap<>();
        share.put("cpu", new Quantity(plan.cpus()));
        share.put("memory", new Quantity(plan.memoryMb() + "Mi"));
        if (plan.gpus() > 0) {
            share.put(plan.gpuResource(), new Quantity(Integer.toString(plan.gpus())));
        }
        return share;
    }

    private List<EnvFromSource> environment() {
        return plan.envSecret().stream()
                .map(secret -> new EnvFromSourceBuilder()
                        .withNewSecretRef(secret, false)
                        .build())
                .toList();
    }

    private static SecurityContext containerSecurity() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(new VolumeMountBuilder()
                .withName("scratch")
                .withMountPath(JobPlan.SCRATCH)
                .build());
        for (ClaimMount claim : plan.claims()) {
            mounts.add(new VolumeMountBuilder()
                    .withName(volume(claim))
                    .withMountPath(claim.path().toString())
                    .withSubPath(claim.subPath().orElse(null))
                    .withReadOnly(claim.readOnly() ? true : null)
                    .build());
        }
        return mounts;
    }

    private List<Volume> volumes() {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        volumes.put(
                "scratch",
                new VolumeBuilder()
                        .withName("scratch")
                        .withNewEmptyDir()
                        .withSizeLimit(new Quantity(Long.toString(plan.scratchBytes())))
                        .endEmptyDir()
                        .build());
        for (ClaimMount claim : plan.claims()) { // a claim is one volume, however many of its folders are mounted
            volumes.computeIfAbsent(
                    volume(claim),
                    name -> new VolumeBuilder()
                            .withName(name)
                            .withNewPersistentVolumeClaim(claim.claim(), false)
                            .build());
        }
        return List.copyOf(volumes.values());
    }

    private String volume(ClaimMount claim) {
        List<String> claims =
                plan.claims().stream().map(ClaimMount::claim).distinct().toList();
        return "claim-" + claims.indexOf(claim.claim());
    }
}
