package io.atelier.trainer;

import io.atelier.kit.TempFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database and folders of its own for a trainer under test. Its training program is none: nothing is trained here. */
public final class TrainerDatabase implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedPostgres database;
    private @Nullable TempFolder folder;

    @Override
    public Map<String, String> start() {
        try {
            EmbeddedPostgres started = EmbeddedPostgres.start();
            database = started;
            TempFolder created = TempFolder.create("atelier-trainer");
            folder = created;
            Path data = Files.createDirectories(created.path().resolve("data"));
            return Map.of(
                    "quarkus.datasource.jdbc.url", started.getJdbcUrl("postgres", "postgres"),
                    "atelier.trainer.program",
                            Files.createFile(created.path().resolve("no-program.jar"))
                                    .toString(),
                    "atelier.trainer.work", created.path().resolve("work").toString(),
                    "atelier.trainer.data-roots", data.toString(),
                    "atelier.models.repository",
                            created.path().resolve("models").toString(),
                    "atelier.artifacts.directory",
                            created.path().resolve("artifacts").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (folder != null) {
                folder.close();
            }
        }
    }
}
