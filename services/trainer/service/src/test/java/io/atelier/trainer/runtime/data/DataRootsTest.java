package io.atelier.trainer.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRootsTest {
    @TempDir
    private Path folder;

    private Path root;
    private Path secret;
    private DataRoots roots;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        secret = Files.createDirectories(folder.resolve("secret"));
        Files.createDirectories(root.resolve("tiles"));
        Files.writeString(root.resolve("tiles.zip"), "PK");
        roots = new DataRoots(List.of(root, folder.resolve("absent")));
    }

    @Test
    void foldersAndArchivesBelowARootAreOpenedWhereTheyAre() throws IOException {
        assertThat(open(root.resolve("tiles"))).isEqualTo(root.resolve("tiles").toRealPath());
        assertThat(open(root.resolve("tiles.zip")))
                .isEqualTo(root.resolve("tiles.zip").toRealPath());
        assertThat(open(root)).isEqualTo(root.toRealPath());
    }

    @Test
    void whatIsNotThereIsMissing() {
        Problem problem = refused(root.resolve("nowhere").toString());
        assertThat(problem.code()).isEqualTo(ErrorCode.DATA_MISSING);
        assertThat(problem.field()).contains("data");
        assertThat(problem.message()).contains("nowhere", "is not there", "name an existing folder");
    }

    @Test
    void placesOutsideAreRefusedAlikeWhetherTheyExistOrNot() {
        Problem there = refused(secret.toString());
        Problem notThere = refused(folder.resolve("other").toString());
        assertThat(there.code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
        assertThat(notThere.code()).isEqualTo(there.code());
        assertThat(there.message()).contains("--data-root", root.toString());
        assertThat(notThere.message()).isEqualTo(there.message().replace(secret.toString(), folder + "/other"));
    }

    @Test
    void dotsLeadNoFurtherThanTheRoot() {
        assertThat(refused(root + "/../secret").code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
        assertThat(refused(root + "/tiles/../../nowhere").code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
    }

    @Test
    void linksThatLeadOutAreRefusedAndThoseThatStayInsideAreFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), secret);
        Files.createSymbolicLink(root.resolve("in"), root.resolve("tiles"));
        assertThat(refused(root.resolve("out").toString()).code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
        assertThat(open(root.resolve("in"))).isEqualTo(root.resolve("tiles").toRealPath());
    }

    @Test
    void rootWhoseNameMerelyBeginsTheSameIsAnother() throws IOException {
        Path sibling = Files.createDirectories(folder.resolve("root2"));
        assertThat(refused(sibling.toString()).code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
    }

    @Test
    void relativeAndImpossiblePathsAreRefused() {
        assertThat(refused("tiles").message()).contains("is no absolute path");
        assertThat(refused(root + "/a\0b").message()).contains("is no path");
    }

    @Test
    void withoutRootsNothingIsOpened() {
        DataRoots none = new DataRoots(List.of());
        assertThat(Objects.requireNonNull(
                                catchThrowableOfType(ProblemException.class, () -> none.check(root.toString())))
                        .problem()
                        .code())
                .isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
    }

    private Path open(Path data) {
        roots.check(data.toString());
        return Path.of(roots.open(data.toString(), (name, bytes) -> name));
    }

    private Problem refused(String data) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, () -> roots.check(data)))
                .problem();
    }
}
