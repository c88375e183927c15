package io.atelier.trainer.runtime.ledger;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Published;
import io.atelier.trainer.domain.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads a row of the table {@code job}. */
final class JobRow {
    private JobRow() {}

    static Job read(ResultSet row) throws SQLException {
        return new Job(
                new JobId(row.getObject("id", UUID.class)),
                asked(row),
                order(row),
                JobState.valueOf(row.getString("state")),
                new Report(
                        row.getLong("step"),
                        row.getLong("total_steps"),
                        JsonColumns.numbers(row.getString("metrics")),
                        Optional.empty()),
                pace(row),
                JsonColumns.numbers(row.getString("evaluation")),
                number(row, "taken_version"),
                published(row),
                Optional.ofNullable(row.getString("failure_code"))
                        .map(code -> new Failure(
                                code, text(row, "failure_message").orElseThrow(), text(row, "failure_field"))),
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                RequestKey.parse(row.getString("request_key")),
                Optional.ofNullable(row.getString("request_digest")).map(Digest::new),
                Entrance.valueOf(row.getString("entrance").toUpperCase(Locale.ROOT)),
                row.getString("request_source"),
                row.getString("request_id"),
                row.getString("owner"),
                row.getObject("deadline") == null ? Deadline.NEVER : new Deadline(instant(row, "deadline")));
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getString("recipe"),
                row.getString("data"),
                JsonColumns.texts(row.getString("settings")),
                number(row, "seed"),
                Optional.ofNullable(row.getObject("resumes", UUID.class)).map(JobId::new));
    }

    private static Optional<Published> published(ResultSet row) throws SQLException {
        String model = row.getString("model");
        return model == null
                ? Optional.empty()
                : Optional.of(
                        new Published(model, row.getLong("model_version"), new Digest(row.getString("model_digest"))));
    }

    private static Optional<Pace> pace(ResultSet row) throws SQLException {
        double speed = row.getDouble("steps_per_s");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Pace(
                        speed,
                        Duration.ofMillis(Math.round(row.getDouble("eta_s") * 1000)),
                        row.getLong("memory_bytes"),
                        number(row, "device_memory_bytes")));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<String> text(ResultSet row, String column) {
        try {
            return Optional.ofNullable(row.getString(column));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
