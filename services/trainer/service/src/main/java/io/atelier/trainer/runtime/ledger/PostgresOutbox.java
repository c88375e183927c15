package io.atelier.trainer.runtime.ledger;

import io.atelier.trainer.domain.Outbox;
import io.atelier.trainer.domain.OutboxEvent;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** The outbox in PostgreSQL. What is being sent is locked, so that no two processes send it at once. */
public final class PostgresOutbox implements Outbox {
    private final Database database;

    public PostgresOutbox(DataSource source) {
        this.database = new Database(source, ended -> List.of());
    }

    @Override
    public int relay(int most, Sender sender) {
        return database.inTransaction(handle -> {
            List<Due> due = due(handle, most);
            due.forEach(one -> sender.send(one.event()));
            due.forEach(one -> handle.execute("delete from outbox where id = ?", one.id()));
            return due.size();
        });
    }

    private static List<Due> due(Handle handle, int most) {
        return handle.createQuery("select * from outbox order by id limit :most for update skip locked")
                .bind("most", most)
                .map((row, context) -> new Due(
                        row.getLong("id"),
                        new OutboxEvent(
                                row.getString("topic"),
                                row.getString("key"),
                                JsonColumns.texts(row.getString("attributes")),
                                row.getBytes("data"))))
                .list();
    }

    private record Due(long id, OutboxEvent event) {}
}
