package io.atelier.trainer.runtime.kubernetes;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A namespace of a cluster, as far as attempts need it. It wants of Jobs: create, get, list, delete; of pods: list, delete;
 * of their logs: get. Blocking; throws {@link KubernetesClientException} when the cluster cannot be reached.
 */
final class Cluster {
    /** How long the first bytes of a log may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final String namespace;

    Cluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Creates an attempt's Job, or finds the one that an earlier try has created.
     *
     * @throws io.atelier.kernel.ProblemException CLUSTER_REFUSED when the cluster does not want it as it is
     */
    Job create(Job wanted) {
        try {
            return client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .resource(wanted)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                String name = wanted.getMetadata().getName();
                return job(name).orElseThrow(() -> e);
            }
            if (e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 429 && e.getCode() != 408) {
                throw Problem.of(
                                ErrorCode.CLUSTER_REFUSED,
                                "The cluster refuses the training's Job: " + refusal(e)
                                        + ". Compare the atelier.trainer.kubernetes settings and the trainer's Role with"
                                        + " docs/guides/kubernetes-trainings.md.")
                        .exception(e);
            }
            throw e;
        }
    }

    private static String refusal(KubernetesClientException e) {
        return e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : "status " + e.getCode();
    }

    Optional<Job> job(String name) {
        return Optional.ofNullable(
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
    }

    /** The Jobs of all attempts, or of a job's. */
    List<Job> jobs(String label, String value) {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(label, value)
                .list()
                .getItems();
    }

    /** An attempt's pod. */
    Optional<Pod> pod(String attempt) {
        return pods(attempt).stream().findFirst();
    }

    private List<Pod> pods(String attempt) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(JobManifest.INSTANCE, attempt)
                .list()
                .getItems();
    }

    /**
     * Deletes an attempt's Job and its pod, which is asked to end and killed once the grace is over. The Job goes first: one
     * that loses its pod would be marked as failed.
     */
    void delete(String attempt, Duration grace) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(attempt)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        for (Pod pod : pods(attempt)) {
            client.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .withGracePeriod(grace.toSeconds())
                    .delete();
        }
    }

    /**
     * Follows the log of a pod's training, each line with its time before it, until the container ends or the connection
     * does. Not through the client's own watch, which waits for pods to be ready and takes an error's body for a log.
     *
     * @param since leaves out what is older, where a whole second is the least step
     */
    InputStream log(String pod, Optional<Instant> since) throws IOException, InterruptedException {
        String path = "api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?container=" + JobManifest.CONTAINER
                + "&follow=true&timestamps=true"
                + since.map(time -> "&sinceTime=" + time.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
        HttpClient endless = client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                        .withRequestTimeout(0)
                        .build())
                .build();
        CompletableFuture<HttpResponse<InputStream>> answer = endless.sendAsync(
                endless.newHttpRequestBuilder()
                        .uri(client.getMasterUrl() + path)
                        .build(),
                InputStream.class);
        try {
            HttpResponse<InputStream> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.code() != HttpURLConnection.HTTP_OK) {
                response.body().close();
                throw new IOException("the log of " + pod + " is not told: status " + response.code());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            var _ = answer.thenAccept(Cluster::closeQuietly);
            throw new IOException("the log of " + pod + " does not begin", e);
        }
    }

    private static void closeQuietly(HttpResponse<InputStream> late) {
        try {
            late.body().close();
        } catch (IOException e) {
            // nobody reads it
        }
    }
}
