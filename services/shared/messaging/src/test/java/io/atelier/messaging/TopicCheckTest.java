package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests are not taken from a broker that would break a promise (P7). */
@QuarkusTest
class TopicCheckTest extends DeliveryFixture {

    @Test
    void theTopicsOfTheLocalRuntimeAreRight() throws Exception {
        assertThat(problems("image", Duration.ofDays(7))).isEmpty();
    }

    @Test
    void requestsAndCancellationsKeptAsLongAsOutcomesAreNamed() throws Exception {
        assertThat(problems("image", Duration.ofDays(3)))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains(REQUESTS, "PT72H", "atelier.artifacts.retention"))
                .anySatisfy(problem -> assertThat(problem).contains(CANCELLATIONS));
    }

    @Test
    void missingTopicsAreNamed() throws Exception {
        assertThat(problems("smell", Duration.ofDays(7)))
                .hasSize(4)
                .anySatisfy(problem -> assertThat(problem).contains("atelier.smell.requests"));
    }

    private List<String> problems(String kind, Duration outcomesKept) throws Exception {
        return new TopicCheck(Map.of("bootstrap.servers", broker.bootstrapServers()), kind, outcomesKept).problems();
    }
}
