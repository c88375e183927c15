package io.atelier.trainer.runtime.ledger;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.OutboxEvent;
import io.atelier.trainer.domain.Report;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A PostgreSQL of its own with the ledger's schema, and what goes into it. */
final class TestLedger {
    static final Digest BODY = Digest.of("body".getBytes(StandardCharsets.UTF_8));

    private static final EmbeddedPostgres POSTGRES = start();
    static final DataSource SOURCE = POSTGRES.getPostgresDatabase();

    private TestLedger() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres started = EmbeddedPostgres.start();
            Flyway.configure().dataSource(started.getPostgresDatabase()).load().migrate();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<OutboxEvent> event(Job ended) {
        return ended.asked().entrance() == Entrance.GRPC
                ? List.of()
                : List.of(new OutboxEvent(
                        "atelier.training.results",
                        ended.asked().key().hex(),
                        Map.of("state", ended.state().name()),
                        new byte[] {1}));
    }

    static Report report(long step) {
        return new Report(step, 1000, Map.of("loss", 1.0 / step), Optional.empty());
    }

    static Order order() {
        return new Order(
                "gan-fashion", "/data", Map.of("schedule.steps", "1000"), OptionalLong.of(7), Optional.empty());
    }

    static Asked asked(String id, Entrance entrance) {
        return new Asked(
                RequestKey.of("training", entrance, "me", id),
                Optional.of(BODY),
                entrance,
                "me",
                id,
                "me",
                Deadline.NEVER);
    }
}
