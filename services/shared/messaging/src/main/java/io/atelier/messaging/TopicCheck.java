package io.atelier.messaging;

import io.atelier.kernel.ModelChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Verifies what a service needs of the broker and does not make itself: its topics, and that requests and cancellations
 * are kept shorter than outcomes. A request that outlives its outcome could be delivered again and get another (P2, P7).
 */
final class TopicCheck {
    private static final System.Logger LOG = System.getLogger(TopicCheck.class.getName());
    private static final long WAIT_SECONDS = 20;

    private final Map<String, Object> kafka;
    private final String kind;
    private final Duration outcomesKept;

    /**
     * A check.
     *
     * @param kafka how to reach the broker
     * @param outcomesKept how long the artifact store keeps outcomes
     */
    TopicCheck(Map<String, Object> kafka, String kind, Duration outcomesKept) {
        this.kafka = kafka;
        this.kind = kind;
        this.outcomesKept = outcomesKept;
    }

    /** What stands against taking requests, each a sentence that says what to do; empty when nothing does. */
    List<String> problems() throws ExecutionException, TimeoutException, InterruptedException {
        List<String> prefixed = Stream.of("requests", "results", "progress", "dead-letter")
                .map(name -> "atelier." + kind + "." + name)
                .toList();
        Set<String> missing = new TreeSet<>(prefixed);
        missing.add("atelier.cancellations");
        missing.add(ModelChanged.TOPIC);
        try (Admin admin = Admin.create(kafka)) {
            missing.removeAll(admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS));
            List<String> problems = new ArrayList<>();
            missing.forEach(topic -> problems.add("topic " + topic + " does not exist: create it"));
            for (String topic : List.of(prefixed.getFirst(), "atelier.cancellations")) {
                if (!missing.contains(topic)) {
                    keptTooLong(admin, topic, problems);
                }
            }
            return problems;
        }
    }

    private void keptTooLong(Admin admin, String topic, List<String> problems)
            throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .getOrDefault(resource, new Config(List.of()));
            long kept = Long.parseLong(config.get("retention.ms").value());
            if (kept < 0 || kept >= outcomesKept.toMillis()) {
                problems.add("topic " + topic + " keeps records for "
                        + (kept < 0 ? "ever" : Duration.ofMillis(kept)) + ", outcomes are kept for " + outcomesKept
                        + ": lower its retention.ms or raise atelier.artifacts.retention");
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "the retention of {0} may not be read, so it is trusted", topic);
        }
    }
}
