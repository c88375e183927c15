package io.atelier.trainer.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.OneS3Server;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectRootsTest {
    @TempDir
    private Path folder;

    private final String prefix = OneS3Server.freshPrefix();
    private final String place = S3Server.address(prefix);
    private TrainingData roots;

    @BeforeEach
    void fill() {
        ObjectStore all = OneS3Server.get().store(prefix);
        all.put("data/tiles/grass/1.png", new byte[] {1});
        all.put("data/tiles.zip", new byte[] {1});
        all.put("database/1.png", new byte[] {1});
        roots = new ObjectRoots(
                List.of(new ObjectRoots.Root(
                        S3Location.parse(place + "data").orElseThrow(),
                        OneS3Server.get().store(prefix + "data/", ErrorCode.RUNS_UNAVAILABLE))),
                new DataRoots(List.of()));
    }

    @Test
    void prefixesAndArchivesBelowARootAreOpenedByTheirAddress() {
        for (String data : List.of(place + "data/tiles", place + "data/tiles.zip", place + "data/")) {
            roots.check(data);
            assertThat(roots.open(data, (name, bytes) -> name)).isEqualTo(data);
        }
    }

    @Test
    void whatIsNotThereIsMissing() {
        Problem problem = refused(place + "data/til");
        assertThat(problem.code()).isEqualTo(ErrorCode.DATA_MISSING);
        assertThat(problem.field()).contains("data");
        assertThat(problem.message()).contains(place + "data/til is not there", ".zip archive");
    }

    @Test
    void whatIsOutsideIsRefused() {
        for (String data : List.of(place + "database", "s3://other/data/tiles", "s3://atelier")) {
            assertThat(refused(data).code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
            assertThat(refused(data).message()).contains(place + "data/", "--data-root");
        }
        assertThat(refused("/etc/passwd").code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String data : List.of("s3:", "s3://A/b", place + "data/../database", place + "data/a b")) {
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
