package io.atelier.kit.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.kernel.objects.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFolderTest {
    @TempDir
    Path here;

    @TempDir
    Path there;

    private final ObjectStore store = OneS3Server.get().store(OneS3Server.freshPrefix());
    private final KeptFolder kept = folder();

    private KeptFolder folder() {
        return new KeptFolder(store, "job/1/", ErrorCode.RUNS_UNAVAILABLE);
    }

    private void write(String path, String text) throws IOException {
        Path file = here.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void keep() {
        kept.keep(here, path -> !path.endsWith(".lock"));
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        store.list("", object -> keys.add(object.key()));
        return keys;
    }

    @Test
    void whatWasKeptIsFetchedElsewhere() throws IOException {
        assertThat(kept.any()).isFalse();
        assertThat(kept.fetch(there, path -> true)).isFalse();
        write("settings.json", "{}");
        write("checkpoints/step-1/weights", "one");
        write("run.lock", "");
        keep();
        assertThat(folder().any()).isTrue();
        assertThat(folder().fetch(there, path -> true)).isTrue();
        assertThat(there.resolve("checkpoints/step-1/weights")).hasContent("one");
        assertThat(there.resolve("settings.json")).hasContent("{}");
        assertThat(there.resolve("run.lock")).doesNotExist();
    }

    @Test
    void onlyWhatIsWantedIsFetched() throws IOException {
        write("made/model.json", "{}");
        write("checkpoints/weights", "one");
        keep();
        kept.fetch(there, path -> path.startsWith("made/"));
        assertThat(there.resolve("made/model.json")).exists();
        assertThat(there.resolve("checkpoints")).doesNotExist();
    }

    @Test
    void eachFileIsSentOnceAndGoesWithItsLastName() throws IOException {
        write("a", "same");
        write("b", "same");
        write("old", "old");
        keep();
        assertThat(keys()).hasSize(3);
        Files.delete(here.resolve("old"));
        write("new", "new");
        keep();
        assertThat(keys()).hasSize(3);
        kept.fetch(there, path -> true);
        assertThat(there.resolve("b")).hasContent("same");
        assertThat(there.resolve("new")).hasContent("new");
        assertThat(there.resolve("old")).doesNotExist();
    }

    @Test
    void keeperThatDiesBeforeTheIndexLeavesTheKeepingBefore() throws IOException {
        write("a", "first");
        keep();
        store.put("job/1/files/" + "0".repeat(64), "of a keeper that died".getBytes(StandardCharsets.UTF_8));
        kept.fetch(there, path -> true);
        assertThat(there.resolve("a")).hasContent("first");
    }

    @Test
    void damagedAndMissingFilesAreTold() throws IOException {
        write("a", "first");
        keep();
        String key = keys().stream()
                .filter(name -> name.contains("/files/"))
                .findFirst()
                .orElseThrow();
        store.put(key, "other".getBytes(StandardCharsets.UTF_8));
        assertBroken("a does not have its digest");
        store.delete(List.of(key));
        assertBroken("a is missing");
    }

    @Test
    void indexThatLeadsOutOfTheFolderIsRefused() {
        for (String path : List.of("../a", "a/../../b", "/etc/passwd")) {
            store.put("job/1/index", ("0".repeat(64) + "  " + path + "\n").getBytes(StandardCharsets.UTF_8));
            assertBroken("its index cannot be read");
        }
    }

    private void assertBroken(String words) {
        assertThatThrownBy(() -> kept.fetch(there, path -> true))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.BROKEN_RUN));
    }

    @Test
    void deletedFolderLeavesNothing() throws IOException {
        write("a", "first");
        keep();
        store.put("job/10/index", new byte[0]);
        kept.delete();
        assertThat(keys()).containsExactly("job/10/index");
    }
}
