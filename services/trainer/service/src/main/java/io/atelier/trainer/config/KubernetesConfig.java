package io.atelier.trainer.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How trainings run in a cluster, when {@code atelier.trainer.runner} is {@code kubernetes}. */
@ConfigMapping(prefix = "atelier.trainer.kubernetes")
public interface KubernetesConfig {

    /** The image with the training program; must be named. */
    Optional<String> image();

    /** The jar of the training program in the image, which has {@code java} on its path. */
    @WithDefault("/opt/atelier/atelier-learn.jar")
    Path program();

    /** The namespace of the Jobs. Default: the service's own, or the kubeconfig's. */
    Optional<String> namespace();

    /** How many trainings run at once, over all replicas of the service; 1 to 1000. */
    @WithDefault("1")
    int parallel();

    /**
     * Volumes: {@code /PATH=CLAIM}, {@code CLAIM/FOLDER} for a folder in it, {@code :ro} behind for reading only.
     * {@code atelier.trainer.work} (unless {@code atelier.trainer.runs} is written), the data roots and
     * {@code atelier.models.repository} must lie on them, at the same paths in the service and in the pods, those in
     * an object store excepted.
     */
    Optional<List<String>> volumes();

    /** GPUs of a training, which computes on the first; 0 to 16. With 0 it computes on processors. */
    @WithDefault("1")
    int gpus();

    /** What the cluster calls a GPU. */
    @WithDefault("nvidia.com/gpu")
    String gpuResource();

    /** Processors of a training, as a Kubernetes quantity. */
    @WithDefault("4")
    String cpus();

    /**
     * The most a training may write beside its volumes, libtorch's unpacked libraries included; 1 GiB to 1 TiB.
     */
    @WithDefault("16G")
    MemorySize scratch();

    /** Labels its node must have: {@code NAME=VALUE}. */
    Optional<List<String>> nodeSelector();

    /**
     * Taints its node may have: {@code KEY}, {@code KEY=VALUE}, {@code KEY:EFFECT} or {@code KEY=VALUE:EFFECT}.
     */
    Optional<List<String>> tolerations();

    /** The Kueue queue that Jobs wait in. Default: none, and they begin at once. */
    Optional<String> queue();

    /** The service account of the pods. They need no rights and are given no token. Default: the namespace's. */
    Optional<String> serviceAccount();

    /** Secrets with which the image is pulled. */
    Optional<List<String>> pullSecrets();

    /**
     * A Secret whose keys become environment variables of the training, such as an object store's credentials.
     */
    Optional<String> envSecret();

    /** The user id that trainings run as; 1 to 2147483647. Default: the image's, which must not be root. */
    OptionalLong user();

    /** The group id that trainings run as and that their volumes get; 1 to 2147483647. Default: the image's. */
    OptionalLong group();

    /** How long the cluster lets one attempt run; 1 min to 365 days. Default: as long as it takes. */
    Optional<Duration> runLimit();

    /** How long the cluster keeps an attempt's Job and log once it has ended; 0 s to 30 days. */
    @WithDefault("1h")
    Duration kept();

    /** How long a training may wait in its queue before it fails; 1 min to 30 days. */
    @WithDefault("1d")
    Duration queuePatience();

    /**
     * How long a pod may take to start, a node found and the image pulled, before its training fails; 10 s to 7
     * days.
     */
    @WithDefault("30m")
    Duration startPatience();
}
