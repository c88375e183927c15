package io.atelier.trainer.runtime.ledger;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.EndEvents;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobQuery;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Ledger;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.TrainingData;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** The ledger in PostgreSQL. */
public final class PostgresLedger implements Ledger {
    /** Of a request that never became an order. */
    private static final Order UNKNOWN = new Order("", "", Map.of(), OptionalLong.empty(), Optional.empty());

    private final Database database;

    /**
     * @param source a database with the schema of this package's migrations
     * @param events tells of the end of those jobs that were asked for by an event
     */
    public PostgresLedger(DataSource source, EndEvents events) {
        this.database = new Database(source, events);
    }

    @Override
    public Job add(Asked asked, Order order) {
        return database.inTransaction(handle -> {
            order.resumes().ifPresent(id -> requireEnded(handle, id));
            insert(handle, asked, order, JobState.QUEUED)
                    .ifPresent(id -> order.resumes().ifPresent(resumed -> copyCurve(handle, resumed, id)));
            handle.createUpdate(
                            "update job set request_digest = :body, recipe = :recipe, data = :data,"
                                    + " settings = :settings::jsonb, seed = :seed where request_key = :key and request_digest is null")
                    .bindMap(columns(asked, order))
                    .execute();
            return fitting(byKey(handle, asked.key()), asked);
        });
    }

    /** A resumed job's curve begins where the first one's did; what it trains again it writes again. */
    private static void copyCurve(Handle handle, JobId from, JobId to) {
        handle.createUpdate("insert into report (job, step, metrics, sample, at)"
                        + " select :to, step, metrics, sample, at from report where job = :from")
                .bind("from", from.value())
                .bind("to", to.value())
                .execute();
    }

    private static Job fitting(Job job, Asked asked) {
        if (job.asked().body().isPresent() && !job.asked().body().equals(asked.body())) {
            throw Problem.of(
                            ErrorCode.REQUEST_CONFLICT,
                            "A request with id " + asked.id()
                                    + " and another body came before; its job stands. Use a fresh id.")
                    .exception();
        }
        return job;
    }

    @Override
    public Job refuse(Asked asked, Failure failure) {
        return database.inTransaction(handle -> {
            insert(handle, asked, UNKNOWN, JobState.FAILED).ifPresent(id -> {
                handle.createUpdate("update job set failure_code = :code, failure_message = :message,"
                                + " failure_field = :field where id = :id")
                        .bind("id", id.value())
                        .bind("code", failure.code())
                        .bind("message", failure.message())
                        .bind("field", failure.field().orElse(null))
                        .execute();
                database.tell(handle, Database.find(handle, id).orElseThrow());
            });
            return fitting(byKey(handle, asked.key()), asked);
        });
    }

    @Override
    public Job cancel(Asked asked) {
        return database.inTransaction(handle -> {
            insert(handle, asked, UNKNOWN, JobState.CANCELLED)
                    .ifPresent(id ->
                            database.tell(handle, Database.find(handle, id).orElseThrow()));
            return cancelled(handle, byKey(handle, asked.key()).id()).orElseThrow();
        });
    }

    @Override
    public Optional<Job> cancel(JobId id) {
        return database.inTransaction(handle -> cancelled(handle, id));
    }

    private Optional<Job> cancelled(Handle handle, JobId id) {
        int changed = handle.createUpdate("update job set state = 'CANCELLED', epoch = epoch + 1," + Database.FREED
                        + " where id = :id and taken_version is null"
                        + " and state in ('QUEUED', 'RUNNING', 'EVALUATING', 'PUBLISHING')")
                .bind("id", id.value())
                .execute();
        Optional<Job> job = Database.find(handle, id);
        if (changed == 1) {
            database.tell(handle, job.orElseThrow());
        }
        return job;
    }

    @Override
    public Optional<Job> find(JobId id) {
        return database.inTransaction(handle -> Database.find(handle, id));
    }

    @Override
    public List<Job> list(JobQuery query) {
        StringBuilder sql = new StringBuilder("select * from job where recipe <> ''");
        Map<String, Object> values = new HashMap<>();
        values.put("most", query.most());
        if (!query.states().isEmpty()) {
            sql.append(" and state = any (:states)");
            values.put("states", query.states().stream().map(JobState::name).toArray(String[]::new));
        }
        query.recipe().ifPresent(recipe -> {
            sql.append(" and recipe = :recipe");
            values.put("recipe", recipe);
        });
        query.owner().ifPresent(owner -> {
            sql.append(" and owner = :owner");
            values.put("owner", owner);
        });
        query.after().ifPresent(mark -> {
            sql.append(" and (created_at, id) < (:createdAt, :after)");
            values.put("createdAt", mark.createdAt().atOffset(ZoneOffset.UTC));
            values.put("after", mark.id().value());
        });
        sql.append(" order by created_at desc, id desc limit :most");
        return database.inTransaction(
                handle -> Database.jobs(handle.createQuery(sql.toString()).bindMap(values)));
    }

    @Override
    public Set<Digest> artifactsInUse() {
        String open = " state in ('QUEUED', 'RUNNING', 'EVALUATING', 'PUBLISHING')";
        return database.inTransaction(handle -> handle
                .createQuery("select substr(data, length(:uploaded) + 1) as id from job where " + open
                        + " and starts_with(data, :uploaded) union select sample from report join job on job.id = report.job"
                        + " where sample is not null and " + open)
                .bind("uploaded", TrainingData.UPLOADED)
                .mapTo(String.class)
                .stream()
                .map(Digest::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public Map<JobState, Long> counts() {
        return database.inTransaction(handle -> handle.createQuery("select state, count(*) as jobs from job"
                        + " where state in ('QUEUED', 'RUNNING', 'EVALUATING', 'PUBLISHING') group by state")
                .reduceRows(new EnumMap<>(JobState.class), (counts, row) -> {
                    counts.put(
                            JobState.valueOf(row.getColumn("state", String.class)), row.getColumn("jobs", Long.class));
                    return counts;
                }));
    }

    @Override
    public List<Report> reports(JobId id, long afterStep, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select r.step, j.total_steps, r.metrics, r.sample from report r join job j on j.id = r.job"
                                + " where r.job = :id and r.step > :after order by r.step limit :most")
                .bind("id", id.value())
                .bind("after", afterStep)
                .bind("most", most)
                .map((row, context) -> new Report(
                        row.getLong("step"),
                        row.getLong("total_steps"),
                        JsonColumns.numbers(row.getString("metrics")),
                        Optional.ofNullable(row.getString("sample")).map(Digest::new)))
                .list());
    }

    private static Optional<JobId> insert(Handle handle, Asked asked, Order order, JobState state) {
        return handle.createQuery(
                        "insert into job (id, request_key, request_digest, request_id, request_source, entrance,"
                                + " owner, deadline, recipe, data, settings, seed, resumes, state) values (:fresh, :key, :body, :requestId,"
                                + " :source, :entrance, :owner, :deadline, :recipe, :data, :settings::jsonb, :seed, :resumes, :state)"
                                + " on conflict (request_key) do nothing returning id")
                .bindMap(columns(asked, order))
                .bind("fresh", JobId.fresh().value())
                .bind("state", state.name())
                .mapTo(UUID.class)
                .findOne()
                .map(JobId::new);
    }

    private static Map<String, Object> columns(Asked asked, Order order) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("key", asked.key().hex());
        columns.put("body", asked.body().map(Digest::hex).orElse(null));
        columns.put("requestId", asked.id());
        columns.put("source", asked.source());
        columns.put("entrance", asked.entrance().label());
        columns.put("owner", asked.owner());
        columns.put(
                "deadline",
                asked.deadline().isNever() ? null : asked.deadline().at().atOffset(ZoneOffset.UTC));
        columns.put("recipe", order.recipe());
        columns.put("data", order.data());
        columns.put("settings", JsonColumns.write(order.settings()));
        columns.put("seed", order.seed().isPresent() ? order.seed().getAsLong() : null);
        columns.put("resumes", order.resumes().map(JobId::value).orElse(null));
        return columns;
    }

    private void requireEnded(Handle handle, JobId id) {
        Job resumed = Database.find(handle, id)
                .orElseThrow(() -> Problem.field(
                                ErrorCode.UNKNOWN_JOB, "id", "an existing job", "No training job " + id + " is here.")
                        .exception());
        if (!resumed.state().isEnd()) {
            throw Problem.field(
                            ErrorCode.JOB_NOT_ENDED,
                            "id",
                            "an ended job",
                            "The job " + id + " is still " + resumed.state() + "; cancel it or wait for its end.")
                    .exception();
        }
    }

    @Override
    public Optional<Job> find(RequestKey request) {
        return database.inTransaction(handle -> ofRequest(handle, request));
    }

    private static Job byKey(Handle handle, RequestKey request) {
        return ofRequest(handle, request).orElseThrow();
    }

    private static Optional<Job> ofRequest(Handle handle, RequestKey request) {
        return Database.jobs(handle.createQuery("select * from job where request_key = :key")
                        .bind("key", request.hex()))
                .stream()
                .findFirst();
    }
}
