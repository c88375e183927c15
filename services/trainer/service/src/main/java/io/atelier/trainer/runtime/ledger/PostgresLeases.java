package io.atelier.trainer.runtime.ledger;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.trainer.domain.End;
import io.atelier.trainer.domain.EndEvents;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Leases;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Worker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Leases on the ledger's jobs in PostgreSQL. */
public final class PostgresLeases implements Leases {
    /** Only the holder of the latest epoch writes, and only while its lease and the job live. */
    private static final String HELD = " where id = :id and epoch = :epoch and lease_until > clock_timestamp()"
            + " and state in ('RUNNING', 'EVALUATING', 'PUBLISHING')";

    /** An attempt that gets further than the ones before it is not barren. */
    private static final String FORWARD =
            " furthest = greatest(furthest, :step)," + " barren = case when :step > furthest then 0 else barren end,";

    private static final String RENEWED = " lease_until = clock_timestamp() + :lease * interval '1 millisecond'";

    private final Database database;
    private final LedgerSettings settings;

    /**
     * @param source a database with the schema of this package's migrations
     * @param events tells of the end of those jobs that were asked for by an event
     */
    public PostgresLeases(DataSource source, LedgerSettings settings, EndEvents events) {
        this.database = new Database(source, events);
        this.settings = settings;
    }

    @Override
    public Optional<Lease> claim(Worker worker) {
        try {
            return database.inTransaction(handle -> {
                failBarren(handle);
                failLate(handle);
                return claim(handle, worker);
            });
        } catch (Database.DeviceBusyException e) {
            return Optional.empty();
        }
    }

    private Optional<Lease> claim(Handle handle, Worker worker) {
        return handle.createQuery("update job set state = 'RUNNING', epoch = epoch + 1, barren = barren + 1,"
                        + " worker = :worker, device = :device, changed_at = clock_timestamp()," + RENEWED
                        + " where id = (select id from job where state = 'QUEUED' or lease_until < clock_timestamp()"
                        + " order by state = 'QUEUED', created_at, id limit 1 for update skip locked) returning *")
                .bind("worker", worker.name())
                .bind("device", worker.device())
                .bind("lease", settings.lease().toMillis())
                .map((row, context) -> new Lease(JobRow.read(row), row.getLong("epoch")))
                .findOne();
    }

    private void failLate(Handle handle) {
        List<Job> late = Database.jobs(handle.createQuery("update job set state = 'FAILED', epoch = epoch + 1,"
                        + " failure_code = :code, failure_message = :message," + Database.FREED
                        + " where id in (select id from job where state = 'QUEUED' and deadline < clock_timestamp()"
                        + " for update skip locked) returning *")
                .bind("code", ErrorCode.DEADLINE.id())
                .bind("message", "The time for this training ran out before it could begin."));
        late.forEach(job -> database.tell(handle, job));
    }

    /** A job that kills its workers must not kill them for ever. */
    private void failBarren(Handle handle) {
        List<Job> lost = Database.jobs(handle.createQuery("update job set state = 'FAILED', epoch = epoch + 1,"
                        + " failure_code = :code, failure_message = :message || coalesce(' Last: ' || traces, ''),"
                        + Database.FREED
                        + " where id in (select id from job where (state = 'QUEUED' or lease_until < clock_timestamp()) and barren >= :claims"
                        + " for update skip locked) returning *")
                .bind("code", ErrorCode.TRAINING_STUCK.id())
                .bind(
                        "message",
                        "The training was lost " + settings.barrenClaims()
                                + " times in a row without a step forward. Look at its log, then resume it.")
                .bind("claims", settings.barrenClaims()));
        lost.forEach(job -> database.tell(handle, job));
    }

    @Override
    public boolean renew(Lease lease) {
        return database.inTransaction(
                handle -> held(handle, lease, "update job set" + RENEWED).execute() == 1);
    }

    @Override
    public boolean holds(Lease lease) {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from job" + HELD)
                        .bind("id", lease.job().id().value())
                        .bind("epoch", lease.epoch())
                        .mapTo(Integer.class)
                        .one()
                == 1);
    }

    @Override
    public boolean pace(Lease lease, long step, long totalSteps, Pace pace) {
        return database.inTransaction(handle -> held(
                                handle,
                                lease,
                                "update job set step = :step, total_steps = :total, steps_per_s = :speed, eta_s = :left,"
                                        + " memory_bytes = :memory, device_memory_bytes = :device, " + FORWARD
                                        + RENEWED)
                        .bind("step", step)
                        .bind("total", totalSteps)
                        .bind("speed", pace.stepsPerSecond())
                        .bind("left", pace.left().toMillis() / 1e3)
                        .bind("memory", pace.memoryBytes())
                        .bind(
                                "device",
                                pace.deviceMemoryBytes().isPresent()
                                        ? pace.deviceMemoryBytes().getAsLong()
                                        : null)
                        .execute()
                == 1);
    }

    @Override
    public boolean evaluated(Lease lease, Map<String, Double> metrics) {
        return database.inTransaction(
                handle -> held(handle, lease, "update job set evaluation = :metrics::jsonb," + RENEWED)
                                .bind("metrics", JsonColumns.write(metrics))
                                .execute()
                        == 1);
    }

    @Override
    public boolean report(Lease lease, Report report) {
        String metrics = JsonColumns.write(report.metrics());
        return database.inTransaction(handle -> {
            boolean holds = held(
                                    handle,
                                    lease,
                                    "update job set step = :step, total_steps = :total, metrics = metrics || :metrics::jsonb,"
                                            + FORWARD + RENEWED)
                            .bind("step", report.step())
                            .bind("total", report.totalSteps())
                            .bind("metrics", metrics)
                            .execute()
                    == 1;
            if (holds) {
                keep(handle, lease, report, metrics);
            }
            return holds;
        });
    }

    private static void keep(Handle handle, Lease lease, Report report, String metrics) {
        handle.createUpdate(
                        "insert into report (job, step, metrics, sample) values (:id, :step, :metrics::jsonb, :sample)"
                                + " on conflict (job, step) do update set metrics = report.metrics || excluded.metrics,"
                                + " sample = coalesce(excluded.sample, report.sample)")
                .bind("id", lease.job().id().value())
                .bind("step", report.step())
                .bind("metrics", metrics)
                .bind("sample", report.sample().map(Digest::hex).orElse(null))
                .execute();
    }

    @Override
    public boolean enter(Lease lease, JobState state) {
        if (!state.isHeld()) {
            throw new IllegalArgumentException(state + " is not a worker's to enter");
        }
        return database.inTransaction(handle ->
                held(handle, lease, "update job set state = :state, changed_at = clock_timestamp()," + RENEWED)
                                .bind("state", state.name())
                                .execute()
                        == 1);
    }

    @Override
    public boolean take(Lease lease, long version) {
        return database.inTransaction(
                handle -> held(handle, lease, "update job set taken_version = :version," + RENEWED)
                                .bind("version", version)
                                .execute()
                        == 1);
    }

    @Override
    public boolean end(Lease lease, End end) {
        return database.inTransaction(handle -> {
            boolean holds = ending(handle, lease, end).execute() == 1;
            if (holds) {
                database.tell(handle, Database.find(handle, lease.job().id()).orElseThrow());
            }
            return holds;
        });
    }

    private Update ending(Handle handle, Lease lease, End end) {
        return switch (end) {
            case End.Succeeded(var model) ->
                held(
                                handle,
                                lease,
                                "update job set state = 'SUCCEEDED', model = :model, model_version = :version,"
                                        + " model_digest = :digest," + Database.FREED)
                        .bind("model", model.model())
                        .bind("version", model.version())
                        .bind("digest", model.digest().hex());
            case End.Failed(Failure failure) ->
                held(
                                handle,
                                lease,
                                "update job set state = 'FAILED', failure_code = :code, failure_message = :message,"
                                        + " failure_field = :field," + Database.FREED)
                        .bind("code", failure.code())
                        .bind("message", failure.message())
                        .bind("field", failure.field().orElse(null));
        };
    }

    @Override
    public boolean giveBack(Lease lease) {
        return requeue(lease, " barren = greatest(barren - 1, 0),", null);
    }

    @Override
    public boolean abandon(Lease lease, String traces) {
        return requeue(lease, "", traces);
    }

    private boolean requeue(Lease lease, String forgiven, @Nullable String traces) {
        return database.inTransaction(handle -> held(
                                handle,
                                lease,
                                "update job set state = 'QUEUED', epoch = epoch + 1, traces = :traces," + forgiven
                                        + Database.FREED)
                        .bind("traces", traces)
                        .execute()
                == 1);
    }

    private Update held(Handle handle, Lease lease, String change) {
        Update update = handle.createUpdate(change + HELD)
                .bind("id", lease.job().id().value())
                .bind("epoch", lease.epoch());
        return change.endsWith(RENEWED) ? update.bind("lease", settings.lease().toMillis()) : update;
    }
}
