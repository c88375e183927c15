package io.atelier.trainer.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server that keeps what it is given, with hands for the parts that are not there: the job controller, the kubelet.
 * It cuts the connection of each log after what has been said so far.
 */
final class TestCluster implements AutoCloseable {
    static final String NAMESPACE = "atelier";
    private static final String POD = "the-pod";
    private static final String TRAINER = "trainer";
    /** Held, for a logger that nobody holds forgets its level: the server would tell of each request. */
    private static final Logger TALK = Logger.getLogger(MockWebServer.class.getName());

    /** What the trainer has asked for: method, path and body. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Whether the trainer gets no answer of use. */
    volatile boolean away;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final KubernetesClient trainer;

    TestCluster() {
        TALK.setLevel(Level.WARNING);
        Map<ServerRequest, Queue<ServerResponse>> responses = new ConcurrentHashMap<>();
        KubernetesMixedDispatcher kept = new KubernetesMixedDispatcher(responses);
        server = new KubernetesMockServer(new Context(), new MockWebServer(), responses, recording(kept), false);
        server.start();
        client = server.createClient();
        trainer = server.createClient(builder -> builder.editOrNewConfig()
                .withUserAgent(TRAINER)
                .withRequestRetryBackoffLimit(0)
                .endConfig());
    }

    private Dispatcher recording(Dispatcher kept) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = String.valueOf(request.getPath());
                if (TRAINER.equals(request.getHeader("User-Agent"))) {
                    requests.add(request.method() + " " + path + " "
                            + new String(request.getBody().getBytes(), StandardCharsets.UTF_8));
                    if (away) {
                        return new MockResponse().setResponseCode(503);
                    }
                }
                return path.contains("/log?") ? logFrom(path) : kept.dispatch(request);
            }
        };
    }

    private MockResponse logFrom(String path) {
        Instant since = path.contains("sinceTime=")
                ? Instant.parse(path.substring(path.indexOf("sinceTime=") + "sinceTime=".length()))
                : Instant.MIN;
        StringBuilder lines = new StringBuilder();
        log.stream()
                .filter(line ->
                        !Instant.parse(line.substring(0, line.indexOf(' '))).isBefore(since))
                .forEach(line -> lines.append(line).append('\n'));
        return new MockResponse().setResponseCode(200).setBody(lines.toString());
    }

    Cluster cluster() {
        return new Cluster(trainer, NAMESPACE);
    }

    /** A line of the training's log. */
    void says(String line) {
        log.add(Instant.ofEpochSecond(1_800_000_000L, log.size() * 300_000_000L) + " " + line);
    }

    void refuse(String message) {
        server.expect()
                .post()
                .withPath("/apis/batch/v1/namespaces/" + NAMESPACE + "/jobs")
                .andReturn(
                        403,
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":403,\"message\":\""
                                + message + "\"}")
                .always();
    }

    List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    List<Pod> pods() {
        return client.pods().inNamespace(NAMESPACE).list().getItems();
    }

    void change(UnaryOperator<Job> change) {
        client.resource(change.apply(jobs().getFirst())).inNamespace(NAMESPACE).update();
    }

    /** What the job controller and the scheduler do with the only Job. */
    void placed(PodStatus status) {
        Job job = jobs().getFirst();
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(POD)
                        .withNamespace(NAMESPACE)
                        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .withStatus(status)
                        .build())
                .create();
    }

    void becomes(PodStatus status) {
        Pod pod = client.pods().inNamespace(NAMESPACE).withName(POD).get();
        pod.setStatus(status);
        client.resource(pod).inNamespace(NAMESPACE).update();
    }

    void runs() {
        placed(running());
    }

    void ends(String reason, int code) {
        becomes(new PodStatusBuilder()
                .withPhase(code == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(JobManifest.CONTAINER)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .endTerminated()
                        .endState()
                        .build())
                .build());
    }

    static PodStatus running() {
        return new PodStatusBuilder()
                .withPhase("Running")
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(JobManifest.CONTAINER)
                        .withNewState()
                        .withNewRunning("2026-01-01T00:00:00Z")
                        .endState()
                        .build())
                .build();
    }

    static PodStatus waiting(String reason, String message) {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(JobManifest.CONTAINER)
                        .withNewState()
                        .withNewWaiting(message, reason)
                        .endState()
                        .build())
                .build();
    }

    static PodStatus unschedulable(String message) {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .build();
    }

    void removePod() {
        client.pods().inNamespace(NAMESPACE).withName(POD).withGracePeriod(0).delete();
    }

    void removeJob() {
        client.batch().v1().jobs().inNamespace(NAMESPACE).delete();
    }

    @Override
    public void close() {
        trainer.close();
        client.close();
        server.destroy();
    }
}
