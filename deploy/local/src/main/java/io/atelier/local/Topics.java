package io.atelier.local;

import io.atelier.kernel.ModelChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** Every topic of an installation. They are made here, before any service starts; a service only verifies them. */
public final class Topics {
    /** The kinds of work that have services today. */
    public static final List<String> KINDS = List.of("image", "training");

    private static final Duration REQUESTS_KEPT = Duration.ofDays(3);
    private static final Duration ANSWERS_KEPT = Duration.ofDays(7);
    private static final Duration ADMIN_WAIT = Duration.ofSeconds(30);
    private static final Duration ADDRESS_WAIT = Duration.ofSeconds(5);

    private Topics() {}

    /** The topics all kinds share, and those of the kinds named. */
    public static List<Topic> of(List<String> kinds) {
        List<Topic> topics = new ArrayList<>();
        for (String kind : kinds) {
            topics.add(Topic.kept("atelier." + kind + ".requests", REQUESTS_KEPT));
            topics.add(Topic.kept("atelier." + kind + ".results", ANSWERS_KEPT));
            topics.add(Topic.kept("atelier." + kind + ".progress", ANSWERS_KEPT));
            topics.add(Topic.deadLetter("atelier." + kind + ".dead-letter", ANSWERS_KEPT));
        }
        topics.add(Topic.kept("atelier.cancellations", REQUESTS_KEPT));
        topics.add(Topic.compacted(ModelChanged.TOPIC));
        return List.copyOf(topics);
    }

    /** Does the same on a broker that this machine did not start; refuses one that does not answer soon, by its address. */
    static void createOn(String bootstrapServers, List<Topic> topics) {
        try {
            create(bootstrapServers, topics, ADDRESS_WAIT);
        } catch (LocalException | KafkaException e) {
            throw new LocalException(
                    "No Kafka broker answers at " + bootstrapServers
                            + " that makes topics. See that it runs and that this"
                            + " address is right, or leave --kafka out for one of the suite's own.",
                    e);
        }
    }

    /** Makes the topics that are not there yet and leaves the others as they are. */
    public static void create(String bootstrapServers, List<Topic> topics) {
        create(bootstrapServers, topics, ADMIN_WAIT);
    }

    private static void create(String bootstrapServers, List<Topic> topics, Duration wait) {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) wait.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) wait.toMillis());
        try (Admin admin = Admin.create(config)) {
            Set<String> known = admin.listTopics().names().get(wait.toSeconds(), TimeUnit.SECONDS);
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !known.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                    .toList();
            admin.createTopics(missing).all().get(wait.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LocalException("The broker did not make its topics.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while the broker made its topics.", e);
        }
    }
}
