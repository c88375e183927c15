package io.atelier.trainer.runtime.ledger;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.EndEvents;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.OutboxEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/** Transactions on the ledger's tables, and what all of them share. */
final class Database {
    /** Set by every change that ends or frees a job. */
    static final String FREED =
            " lease_until = null, worker = null, device = null, steps_per_s = null, changed_at = clock_timestamp()";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final EndEvents events;

    Database(DataSource source, EndEvents events) {
        this.jdbi = Jdbi.create(source);
        this.events = events;
    }

    <T> T inTransaction(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (ConnectionException e) {
            throw unavailable(e);
        } catch (JdbiException e) {
            throw e.getCause() instanceof SQLException sql ? explained(sql, e) : e;
        }
    }

    static Optional<Job> find(Handle handle, JobId id) {
        return jobs(handle.createQuery("select * from job where id = :id").bind("id", id.value())).stream()
                .findFirst();
    }

    static List<Job> jobs(Query query) {
        return query.map((row, context) -> JobRow.read(row)).list();
    }

    /** Writes the events of a job that has just ended in this transaction. */
    void tell(Handle handle, Job ended) {
        events.of(ended).forEach(event -> enqueue(handle, ended, event));
    }

    private static void enqueue(Handle handle, Job ended, OutboxEvent event) {
        handle.createUpdate("insert into outbox (job, topic, key, attributes, data)"
                        + " values (:job, :topic, :key, :attributes::jsonb, :data)")
                .bind("job", ended.id().value())
                .bind("topic", event.topic())
                .bind("key", event.key())
                .bind("attributes", JsonColumns.write(event.attributes()))
                .bind("data", event.data())
                .execute();
    }

    private static RuntimeException explained(SQLException sql, JdbiException failure) {
        String state = String.valueOf(sql.getSQLState());
        if (state.equals(UNIQUE_VIOLATION) && String.valueOf(sql.getMessage()).contains("job_device")) {
            return new DeviceBusyException(failure);
        }
        boolean lost = state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
        return lost ? unavailable(failure) : failure;
    }

    private static ProblemException unavailable(Exception cause) {
        return Problem.of(ErrorCode.LEDGER_UNAVAILABLE, "The training ledger cannot be reached; try again.")
                .withRetryAfter(RETRY)
                .exception(cause);
    }

    /** A job runs on the worker's device already. */
    static final class DeviceBusyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DeviceBusyException(Throwable cause) {
            super(cause);
        }
    }
}
