package io.atelier.artifacts.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArtifactStoreTest {
    @TempDir
    Path folder;

    private final Clock clock = new Clock();
    private DirectoryStore store;

    @BeforeEach
    void open() {
        store = DirectoryStore.open(StoreSettings.of(folder).withQuota(1000), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void artifactsComeBackAsTheyWerePut() throws IOException {
        List<ArtifactInfo> put = store.artifacts().putAll(List.of(Samples.work("one"), Samples.text("two")));
        assertThat(put.getFirst().id()).isEqualTo(digest("one"));
        assertThat(put.getFirst().provenance()).contains(Samples.provenance());
        assertThat(store.artifacts().find(digest("one"))).contains(put.getFirst());
        assertThat(store.artifacts().find(digest("two"))).contains(put.getLast());
        assertThat(store.artifacts().read(digest("one"), 3)).asString().isEqualTo("one");
        try (InputStream in = store.artifacts().open(digest("two"), 1)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("wo");
        }
        assertThat(Files.readString(folder.resolve("artifacts")
                        .resolve(digest("one").hex().substring(0, 2))
                        .resolve(digest("one").hex().substring(2, 4))
                        .resolve(digest("one").hex() + ".json")))
                .contains("trainedAlgorithmicMedia");
    }

    @Test
    void equalBytesAreOneArtifact() throws IOException {
        store.artifacts().putAll(List.of(Samples.work("same"), Samples.work("same")));
        store.artifacts().put(Samples.work("same"));
        assertThat(files("artifacts")).hasSize(2);
        assertThat(files("staging")).isEmpty();
        assertThat(store.usedBytes()).isEqualTo(4);
    }

    @Test
    void knownBytesAreNotWrittenAgain() throws IOException {
        store.artifacts().put(Samples.work("same"));
        Object before = Files.getAttribute(bytes("same"), "unix:ino");
        store.artifacts().put(Samples.text("same"));
        assertThat(Files.getAttribute(bytes("same"), "unix:ino")).isEqualTo(before);
        assertThat(store.artifacts().find(digest("same")).orElseThrow().provenance())
                .isPresent();
    }

    @Test
    void streamBeyondItsLimitLeavesNothing() throws IOException {
        assertProblem(
                () -> store.artifacts().put(stream("streamed"), "text/plain", Optional.empty(), 7),
                ErrorCode.TOO_LARGE);
        assertThat(files("")).noneMatch(file -> file.toString().contains("upload"));
        assertThat(files("artifacts")).isEmpty();
    }

    @Test
    void streamWithAnotherDigestLeavesNothing() throws IOException {
        assertProblem(
                () -> store.artifacts().put(stream("streamed"), "text/plain", Optional.of(digest("other")), 100),
                ErrorCode.DIGEST_MISMATCH);
        assertThat(files("artifacts")).isEmpty();
        assertThat(files("staging")).isEmpty();
    }

    @Test
    void quotaHoldsBetweenConcurrentPutsOfTwoOpenings() {
        try (DirectoryStore other = DirectoryStore.open(StoreSettings.of(folder).withQuota(1000), clock)) {
            List<CompletableFuture<Boolean>> puts = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        try {
                            DirectoryStore one = i % 2 == 0 ? store : other;
                            one.artifacts().put(Samples.text(i + "-".repeat(98 - i / 10)));
                            return true;
                        } catch (ProblemException e) {
                            return false;
                        }
                    }))
                    .toList();
            assertThat(puts.stream().filter(CompletableFuture::join).count()).isEqualTo(10);
            assertThat(store.usedBytes()).isEqualTo(other.usedBytes()).isBetween(980L, 1000L);
        }
    }

    @Test
    void tornFilesCountAsAbsentAndArePutAgain() throws IOException {
        store.artifacts().put(Samples.work("whole"));
        Files.write(bytes("whole"), new byte[2]);
        assertThat(store.artifacts().find(digest("whole"))).isEmpty();
        store.artifacts().put(Samples.work("whole"));
        assertThat(store.artifacts().read(digest("whole"), 10)).asString().isEqualTo("whole");
        Path sidecar = bytes("whole").resolveSibling(digest("whole").hex() + ".json");
        Files.writeString(sidecar, "{\"media_type\":\"image/p");
        assertThat(store.artifacts().find(digest("whole"))).isEmpty();
        store.artifacts().put(Samples.work("whole"));
        assertThat(store.artifacts().find(digest("whole"))).isPresent();
    }

    @Test
    void unwritableStoreAnswersUnavailable() throws IOException {
        try (DirectoryStore broken = DirectoryStore.open(StoreSettings.of(folder.resolve("broken")), clock)) {
            Files.delete(folder.resolve("broken/staging"));
            Files.createFile(folder.resolve("broken/staging")); // a file, so that no user may write into it
            assertProblem(() -> broken.artifacts().put(Samples.text("lost")), ErrorCode.STORE_UNAVAILABLE);
            assertProblem(
                    () -> broken.outcomes().putIfAbsent(Samples.outcome("lost", "", clock.instant())),
                    ErrorCode.STORE_UNAVAILABLE);
        }
        assertProblem(
                () -> DirectoryStore.open(StoreSettings.of(folder.resolve("broken/staging")), clock),
                ErrorCode.STORE_UNAVAILABLE);
    }

    static void assertProblem(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private Path bytes(String text) {
        String hex = digest(text).hex();
        return folder.resolve("artifacts/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex);
    }

    private List<Path> files(String under) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(under))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
