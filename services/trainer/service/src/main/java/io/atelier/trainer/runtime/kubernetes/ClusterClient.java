package io.atelier.trainer.runtime.kubernetes;

import io.atelier.trainer.domain.JobId;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The connection to a cluster: the one whose pod this is, or the one that a kubeconfig names. */
public final class ClusterClient implements AutoCloseable {
    private static final int REQUEST_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RETRIES = 2;

    private final KubernetesClient client;
    private final String namespace;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("atelier-cluster-sweeper").factory());

    private ClusterClient(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** @param namespace where trainings run; the connection's own when absent */
    public static ClusterClient connect(Optional<String> namespace) {
        Config config = new ConfigBuilder()
                .withRequestTimeout(REQUEST_MILLIS)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        String found =
                namespace.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
        return new ClusterClient(client, found);
    }

    /** Where trainings run. */
    public String namespace() {
        return namespace;
    }

    /** Ends, once a minute, trainings whose job is held by no worker any more. */
    public void sweep(Predicate<JobId> held) {
        Abandoned abandoned = new Abandoned(cluster(), held);
        var _ = sweeper.scheduleWithFixedDelay(abandoned::sweep, 1, 1, TimeUnit.MINUTES);
    }

    Cluster cluster() {
        return new Cluster(client, namespace);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        client.close();
    }
}
