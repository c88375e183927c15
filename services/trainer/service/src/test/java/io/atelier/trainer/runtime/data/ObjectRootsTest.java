package io.atelier.trainer.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.S3Server;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import io.atelier.trainer.domain.TrainingData;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectRootsTest {
    @TempDir
    private Path folder;

    private S3Server server;
    private TrainingData roots;

    @BeforeEach
    void fill() {
        server = S3Server.start(folder);
        ObjectStore all = server.store("");
        all.put("data/tiles/grass/1.png", new byte[] {1});
        all.put("data/tiles.zip", new byte[] {1});
        all.put("database/1.png", new byte[] {1});
        roots = new ObjectRoots(
                List.of(new ObjectRoots.Root(
                        S3Location.parse("s3://atelier/data").orElseThrow(),
                        server.store("data/", ErrorCode.RUNS_UNAVAILABLE))),
                new DataRoots(List.of()));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void prefixesAndArchivesBelowARootAreOpenedByTheirAddress() {
        for (String data : List.of("s3://atelier/data/tiles", "s3://atelier/data/tiles.zip", "s3://atelier/data/")) {
            roots.check(data);
            assertThat(roots.open(data, (name, bytes) -> name)).isEqualTo(data);
        }
    }

    @Test
    void whatIsNotThereIsMissing() {
        Problem problem = refused("s3://atelier/data/til");
        assertThat(problem.code()).isEqualTo(ErrorCode.DATA_MISSING);
        assertThat(problem.field()).contains("data");
        assertThat(problem.message()).contains("s3://atelier/data/til is not there", ".zip archive");
    }

    @Test
    void whatIsOutsideIsRefused() {
        for (String data : List.of("s3://atelier/database", "s3://other/data/tiles", "s3://atelier")) {
            assertThat(refused(data).code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
            assertThat(refused(data).message()).contains("s3://atelier/data/", "--data-root");
        }
        assertThat(refused("/etc/passwd").code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String data : List.of("s3:", "s3://A/b", "s3://atelier/data/../database", "s3://atelier/data/a b")) {
            assertThat(refused(data).message()).contains("is no address of the form s3://bucket/prefix");
        }
    }

    @Test
    void storeThatIsAwayIsNoMissingData() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        S3Location data = S3Location.parse("s3://atelier/data").orElseThrow();
        try (S3Connection connection = S3Connection.open(
                new S3Settings(Optional.of(nowhere), "us-east-1", true, Optional.of(S3Server.credentials(folder))))) {
            roots = new ObjectRoots(
                    List.of(new ObjectRoots.Root(data, connection.store(data, ErrorCode.RUNS_UNAVAILABLE))),
                    new DataRoots(List.of()));
            assertThat(refused("s3://atelier/data/tiles").code()).isEqualTo(ErrorCode.RUNS_UNAVAILABLE);
        }
    }

    private Problem refused(String data) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, () -> roots.check(data)))
                .problem();
    }
}
