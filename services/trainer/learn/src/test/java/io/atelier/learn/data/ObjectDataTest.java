package io.atelier.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.MemoryObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectDataTest {
    private static final ReadLimits LIMITS = new ReadLimits(3, 100, 10, 200, 100, 100);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final MemoryObjects objects = new MemoryObjects();

    private void put(String key, String text) {
        objects.put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path fetch(String path) {
        return new ObjectData(objects, path, "s3://bucket/" + path, LIMITS).fetch(folder, "bucket", () -> {});
    }

    private void assertRefused(String path, ErrorCode code, String... words) {
        assertThatThrownBy(() -> fetch(path)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().field()).contains("data");
            assertThat(e.problem().message()).contains(words).contains("s3://bucket/" + path);
        });
    }

    @Test
    void objectsBelowAPathBecomeAFolderOfItsName() {
        put("sets/fonts/a/1.png", "one");
        put("sets/fonts/b/2.png", "two");
        put("sets/fonts/b/", "");
        put("sets/fonts.txt", "beside");

        assertThat(fetch("sets/fonts")).isEqualTo(folder.resolve("fonts"));
        assertThat(folder.resolve("fonts/a/1.png")).hasContent("one");
        assertThat(folder.resolve("fonts/b/2.png")).hasContent("two");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("fonts"));
    }

    @Test
    void objectOfThatKeyBecomesAFile() {
        put("sets/fonts.zip", "zip");
        put("sets/fonts.zip.sha256", "beside");

        assertThat(fetch("sets/fonts.zip"))
                .isEqualTo(folder.resolve("fonts.zip"))
                .hasContent("zip");
    }

    @Test
    void wholeBucketIsCalledByItsName() {
        put("a/1.png", "one");

        assertThat(fetch("")).isEqualTo(folder.resolve("bucket"));
        assertThat(folder.resolve("bucket/a/1.png")).hasContent("one");
    }

    @Test
    void onlyWhatIsMissingIsFetchedAgainAndWhatIsGoneIsForgotten() throws IOException {
        put("set/a", "one");
        put("set/b", "two");
        put("set/c", "thr");
        fetch("set");
        objects.opened().clear();
        Files.writeString(Files.createDirectory(folder.resolve(".part")).resolve("7"), "half");
        Files.delete(folder.resolve("set/a"));
        Files.writeString(folder.resolve("set/b"), "t");
        objects.delete(List.of("set/c"));

        fetch("set");
        assertThat(objects.opened()).containsExactlyInAnyOrder("set/a", "set/b");
        assertThat(folder.resolve("set/b")).hasContent("two");
        assertThat(folder.resolve("set/c")).doesNotExist();
        assertThat(folder.resolve(".part")).doesNotExist();
    }

    @Test
    void moreThanAReaderTakesIsRefusedBeforeAnyIsFetched() {
        put("many/1", "");
        put("many/2", "");
        put("many/3", "");
        put("many/4", "");
        put("large/1", "123456");
        put("large/2", "123456");
        put("large.zip", "12345678901");

        assertRefused("many", ErrorCode.TOO_LARGE, "at most 3");
        assertRefused("large", ErrorCode.TOO_LARGE, "at most 10 bytes");
        assertRefused("large.zip", ErrorCode.TOO_LARGE, "at most 10 bytes");
        assertThat(objects.opened()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "a//x", "./x", "a\\x", "/x", "a\nx"})
    void keyThatIsNoPathBelowTheFolderIsRefused(String name) {
        put("set/" + name, "x");

        assertRefused("set", ErrorCode.DATA_CORRUPT, "cannot be a file");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingThereIsMissingData() {
        put("sets", "beside");

        assertRefused("set", ErrorCode.DATA_MISSING, "holds nothing");
    }

    @Test
    void storeOutOfReachAndStopsEndTheFetching() {
        put("set/a", "one");
        objects.setAway(true);
        assertThatThrownBy(() -> fetch("set"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.RUNS_UNAVAILABLE));

        objects.setAway(false);
        ObjectData data = new ObjectData(objects, "set", "s3://bucket/set", LIMITS);
        assertThatThrownBy(() -> data.fetch(folder, "bucket", () -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(folder.resolve("set/a")).doesNotExist();
    }
}
