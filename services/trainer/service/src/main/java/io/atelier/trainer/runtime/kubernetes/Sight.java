package io.atelier.trainer.runtime.kubernetes;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Sign;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads where an attempt stands from its Job and its pod.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod lifecycle</a>
 */
final class Sight {
    private static final Set<String> NO_IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError");
    private static final Set<String> NO_CONTAINER =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    /** How much longer than its grace a pod's end may take before its node counts as lost. */
    private static final Duration NODE_PATIENCE = Duration.ofSeconds(60);

    private final JobPlan plan;
    private final InstantSource clock;

    Sight(JobPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
    }

    Standing of(Optional<Job> job, Optional<Pod> pod) {
        return pod.map(found -> withPod(job, found)).orElseGet(() -> withoutPod(job));
    }

    private Standing withoutPod(Optional<Job> found) {
        if (found.isEmpty()) {
            return new Standing.Gone(new Sign.Vanished("the training's Job and pod are gone from the cluster"));
        }
        Job job = found.get();
        Optional<JobCondition> failed = condition(job, "Failed");
        if (failed.isPresent()) {
            return new Standing.Gone(isLate(job) ? late() : vanished("the Job failed without a pod", failed.get()));
        }
        if (condition(job, "Complete").isPresent()) {
            return new Standing.Gone(new Sign.Vanished("the training's pod is gone from the cluster"));
        }
        return Boolean.TRUE.equals(job.getSpec().getSuspend())
                ? new Standing.Queued()
                : new Standing.Starting("no pod was made; kubectl describe job "
                        + job.getMetadata().getName() + " tells why, a quota or an admission policy perhaps");
    }

    private Standing withPod(Optional<Job> job, Pod pod) {
        String name = pod.getMetadata().getName();
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        Optional<ContainerState> container = container(status);
        Optional<ContainerStateTerminated> ended = container.map(ContainerState::getTerminated);
        boolean isOver = "Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase());
        if (isOver || ended.isPresent()) {
            return new Standing.Over(name, end(job, status, ended));
        }
        if (isLost(pod)) {
            return new Standing.Gone(new Sign.Vanished(
                    "the training's pod was to end and did not; its node is lost, or cut off from the cluster"));
        }
        return container.map(ContainerState::getRunning).isPresent()
                ? new Standing.Running(name)
                : new Standing.Starting(why(status, container.map(ContainerState::getWaiting)));
    }

    private Sign.Ending end(Optional<Job> job, PodStatus status, Optional<ContainerStateTerminated> ended) {
        if ("DeadlineExceeded".equals(status.getReason())
                || job.filter(Sight::isLate).isPresent()) {
            return late();
        }
        if (ended.filter(end -> "OOMKilled".equals(end.getReason())).isPresent()) {
            return new Sign.Failed(Failure.of(Problem.of(
                    ErrorCode.OUT_OF_MEMORY,
                    "The training's container was killed at its limit of " + plan.memoryMb()
                            + " MiB of memory. Train with smaller batches, or raise atelier.trainer.memory; the last"
                            + " checkpoint is kept.")));
        }
        if ("Evicted".equals(status.getReason())) {
            return new Sign.Vanished("the training's pod was evicted: " + text(status.getMessage())
                    + " (its scratch space is atelier.trainer.kubernetes.scratch)");
        }
        Optional<PodCondition> disruption = condition(status, "DisruptionTarget");
        if (disruption.isPresent()) {
            return new Sign.Vanished("the training's pod had to leave its node: "
                    + text(disruption.get().getReason()) + ", "
                    + text(disruption.get().getMessage()));
        }
        return new Sign.Vanished(ended.map(end -> "the training's container ended with code " + end.getExitCode() + " ("
                        + text(end.getReason()) + ")")
                .orElseGet(() ->
                        "the training's pod ended: " + text(status.getReason()) + " " + text(status.getMessage())));
    }

    private static String why(PodStatus status, Optional<ContainerStateWaiting> waiting) {
        Optional<PodCondition> unschedulable = condition(status, "PodScheduled", "False");
        if (unschedulable.isPresent()) {
            return "no node takes its pod: " + text(unschedulable.get().getMessage())
                    + " (it asks for what atelier.trainer.memory and atelier.trainer.kubernetes.cpus, gpus,"
                    + " node-selector and tolerations say)";
        }
        String reason = waiting.map(ContainerStateWaiting::getReason).orElse("");
        String message = text(waiting.map(ContainerStateWaiting::getMessage).orElse(""));
        if (NO_IMAGE.contains(reason)) {
            return "its image is not there: " + reason + ", " + message
                    + " (atelier.trainer.kubernetes.image and pull-secrets)";
        }
        if (NO_CONTAINER.contains(reason)) {
            return "its container cannot be made: " + reason + ", " + message
                    + " (is atelier.trainer.kubernetes.env-secret there, and does the image run as a user that is not"
                    + " root?)";
        }
        return "its pod is being started: " + reason + " " + message;
    }

    private boolean isLost(Pod pod) {
        String deleted = pod.getMetadata().getDeletionTimestamp(); // when its grace is over
        return deleted != null && Instant.parse(deleted).plus(NODE_PATIENCE).isBefore(clock.instant());
    }

    /** Whether a Job has ended, one way or the other. */
    static boolean hasEnded(Job job) {
        return condition(job, "Complete").isPresent()
                || condition(job, "Failed").isPresent();
    }

    private static boolean isLate(Job job) {
        return condition(job, "Failed")
                .filter(condition -> "DeadlineExceeded".equals(condition.getReason()))
                .isPresent();
    }

    private Sign.Ending late() {
        return new Sign.Failed(Failure.of(Problem.of(
                ErrorCode.DEADLINE,
                "The training ran longer than atelier.trainer.kubernetes.run-limit allows ("
                        + plan.runLimit().map(Duration::toString).orElse("none") + "); the last checkpoint is kept.")));
    }

    private static Sign.Vanished vanished(String what, JobCondition condition) {
        return new Sign.Vanished(what + ": " + text(condition.getReason()) + ", " + text(condition.getMessage()));
    }

    private static Optional<ContainerState> container(PodStatus status) {
        return stream(status.getContainerStatuses())
                .filter(container -> JobManifest.CONTAINER.equals(container.getName()))
                .flatMap(container -> Stream.ofNullable(container.getState()))
                .findFirst();
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        return Stream.ofNullable(job.getStatus())
                .flatMap(status -> stream(status.getConditions()))
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private static Optional<PodCondition> condition(PodStatus status, String type) {
        return condition(status, type, "True");
    }

    private static Optional<PodCondition> condition(PodStatus status, String type, String value) {
        return stream(status.getConditions())
                .filter(condition -> type.equals(condition.getType()) && value.equals(condition.getStatus()))
                .findFirst();
    }

    private static <T> Stream<T> stream(@Nullable List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
