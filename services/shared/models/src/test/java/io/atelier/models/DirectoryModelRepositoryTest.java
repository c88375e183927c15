package io.atelier.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryModelRepositoryTest {
    private static final ModelName TILES = new ModelName("tiles");
    private static final ModelRef FIRST = ModelRef.parse("tiles@1");

    @TempDir
    Path scratch;

    private Path root = Path.of("");
    private DirectoryModelRepository repository = new DirectoryModelRepository(root, InstantSource.system());

    @BeforeEach
    void openRepository() {
        root = scratch.resolve("models");
        repository = new DirectoryModelRepository(root, InstantSource.system());
    }

    private ModelPackage publish(String content) throws IOException {
        return repository.publish(Drafts.draft(scratch.resolve("drafts"), content), true);
    }

    private static void assertRefused(ErrorCode code, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void readingWritesNothing() {
        assertThat(repository.names()).isEmpty();
        assertThat(Files.exists(root)).isFalse();
    }

    @Test
    void packageLiesWhereTheDesignSays() throws IOException {
        publish("graph");
        assertThat(root.resolve("tiles/1/model.json")).isRegularFile();
        assertThat(root.resolve("tiles/1/generator.onnx")).hasContent("graph");
        assertThat(root.resolve("tiles/current.json")).hasContent("""
                {
                  "version": 1,
                  "pinned": false,
                  "previous": 0,
                  "revision": 1
                }
                """);
        assertThat(root.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void damagedFileIsNamed() throws IOException {
        ModelPackage found = publish("a graph of some bytes");
        Path graph = found.file("generator.onnx");
        try (RandomAccessFile file = new RandomAccessFile(graph.toFile(), "rw")) {
            file.writeByte('A');
        }
        assertRefused(
                ErrorCode.BROKEN_PACKAGE, "tiles@1: generator.onnx does not have", () -> repository.verify(found));
        Files.writeString(graph, "a graph");
        assertRefused(ErrorCode.BROKEN_PACKAGE, "generator.onnx has 7 bytes instead", () -> repository.verify(found));
        Files.delete(graph);
        assertRefused(ErrorCode.BROKEN_PACKAGE, "generator.onnx is missing", () -> repository.verify(found));
        Files.createSymbolicLink(graph, Files.writeString(scratch.resolve("other"), "a graph of some bytes"));
        assertRefused(
                ErrorCode.BROKEN_PACKAGE, "generator.onnx is missing or no plain", () -> repository.verify(found));
    }

    @Test
    void fileThatTheManifestDoesNotNameBreaksThePackage() throws IOException {
        ModelPackage found = publish("graph");
        Files.writeString(found.file("custom-op.so"), "");
        assertRefused(ErrorCode.BROKEN_PACKAGE, "custom-op.so is not named", () -> repository.verify(found));
    }

    @Test
    void editedManifestBreaksThePackage() throws IOException {
        Path manifest = publish("graph").file("model.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"wall\"", "\"well\""));
        ModelPackage found = repository.open(FIRST);
        assertRefused(ErrorCode.BROKEN_PACKAGE, "model.json does not have the digest", () -> repository.verify(found));
    }

    @Test
    void manifestThatCannotBeReadIsNamedAndLeavesOthersAlone() throws IOException {
        Path manifest = publish("graph").file("model.json");
        publish("other");
        String json = Files.readString(manifest);
        for (Map.Entry<String, String> broken : Map.of(
                        "no json",
                        "Unrecognized token",
                        json.replace("\"schema\": 1", "\"schema\": 2"),
                        "its schema is 2",
                        json.replace("image.class-conditional", "image.telepathy"),
                        "image.telepathy",
                        json.replace("\"version\": 1", "\"version\": 7"),
                        "it is of tiles@7",
                        json.replace("\"kind\": \"image\"", "\"kind\": \"audio\""),
                        "its kind is audio",
                        json.replace("\"name\": \"README.md\"", "\"name\": \"../README.md\""),
                        "../README.md",
                        json.replace("\"file\": \"generator.onnx\"", "\"file\": \"other.onnx\""),
                        "has no file",
                        json + " ".repeat(ModelJson.MAX_BYTES),
                        "larger than")
                .entrySet()) {
            Files.writeString(manifest, broken.getKey());
            assertRefused(ErrorCode.UNREADABLE_MANIFEST, broken.getValue(), () -> repository.open(FIRST));
            assertRefused(ErrorCode.UNREADABLE_MANIFEST, "tiles@1/model.json", () -> repository.open(FIRST));
        }
        assertThat(repository.open(ModelRef.parse("tiles")).manifest().version())
                .isEqualTo(2);
        ModelDraft again = Drafts.draft(scratch.resolve("drafts"), "other");
        assertThat(repository.publishIfNew(again, true).manifest().version()).isEqualTo(2);
    }

    @Test
    void unreadablePromotionIsNamed() throws IOException {
        publish("graph");
        Files.writeString(root.resolve("tiles/current.json"), "{\"version\":1,");
        assertRefused(ErrorCode.UNREADABLE_MANIFEST, "tiles/current.json", () -> repository.promotion(TILES));
    }

    @Test
    void linksAndOtherNamesAreNoVersions() throws IOException {
        ModelPackage found = publish("graph");
        Files.createSymbolicLink(root.resolve("tiles/2"), found.folder());
        Files.createSymbolicLink(root.resolve("linked"), root.resolve("tiles"));
        Files.createDirectories(root.resolve("tiles/03"));
        Files.createDirectories(root.resolve("Upper/1"));
        Files.writeString(root.resolve("tiles/4"), "");
        assertThat(repository.versions(TILES)).containsExactly(1L);
        assertThat(repository.names()).containsExactly(TILES);
        assertRefused(ErrorCode.UNKNOWN_MODEL, "tiles@2", () -> repository.open(ModelRef.parse("tiles@2")));
        assertRefused(ErrorCode.UNKNOWN_MODEL, "linked@1", () -> repository.open(ModelRef.parse("linked@1")));
    }

    @Test
    void nothingIsPublishedThroughALink() throws IOException {
        Files.createDirectories(root);
        Path outside = Files.createDirectories(scratch.resolve("outside"));
        Files.createSymbolicLink(root.resolve("tiles"), outside);
        assertRefused(ErrorCode.BROKEN_PACKAGE, "tiles is a link", () -> publish("one"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void packagesAreAsOpenToOtherUsersAsAnyFolder() throws IOException {
        Path usual = Files.createDirectory(scratch.resolve("usual"));
        assertThat(Files.getPosixFilePermissions(publish("one").folder()))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void takenNumbersAreSteppedOver() throws IOException {
        publish("one");
        Files.createDirectories(root.resolve("tiles/2/half-copied-by-hand"));
        Files.writeString(root.resolve("tiles/3"), "");
        assertThat(publish("two").manifest().version()).isEqualTo(4);
        assertThat(repository.open(ModelRef.parse("tiles")).manifest().version())
                .isEqualTo(4);
    }

    @Test
    void whatACrashLeavesIsInvisibleAndSweptAfterADay() throws IOException {
        Path left = Files.createDirectories(root.resolve(".staging/publish-1"));
        Files.writeString(left.resolve("model.json"), "{}");
        assertThat(repository.names()).isEmpty();
        publish("one");
        assertThat(left).exists();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).plusSeconds(60);
        new DirectoryModelRepository(root, InstantSource.fixed(tomorrow))
                .publish(Drafts.draft(scratch.resolve("drafts"), "two"), true);
        assertThat(left).doesNotExist();
        assertThat(root.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void refusedDraftLeavesNothingBehind() throws IOException {
        ModelDraft draft = Drafts.draft(scratch.resolve("drafts"), "one");
        ModelDraft noGraph = Drafts.withFiles(
                draft, Map.of("README.md", scratch.resolve("drafts").resolve("missing.md")));
        assertRefused(ErrorCode.MISSING_FIELD, "README.md is missing", () -> repository.publish(noGraph, true));
        ModelDraft otherFile = Drafts.withFiles(
                draft, Map.of("other.onnx", draft.files().values().iterator().next()));
        assertThatThrownBy(() -> repository.publish(otherFile, true)).hasMessageContaining("generator has no file");
        assertThat(root.resolve(".staging")).isEmptyDirectory();
        assertThat(repository.names()).isEmpty();
    }

    @Test
    void processesThatPublishAtOnceLoseNothingAndReadersSeeWholePackages() throws Exception {
        int each = 8;
        long all = 2L * each;
        List<Process> publishers = List.of(
                Publisher.start(root, scratch.resolve("first"), each),
                Publisher.start(root, scratch.resolve("second"), each));
        while (publishers.stream().anyMatch(Process::isAlive)) {
            for (ModelName name : repository.names()) {
                repository
                        .versions(name)
                        .forEach(version -> repository.verify(repository.open(ModelRef.parse(name + "@" + version))));
                repository.promotion(name).ifPresent(now -> repository.open(ModelRef.parse(name.value())));
            }
            LockSupport.parkNanos(1_000_000);
        }
        for (Process publisher : publishers) {
            assertThat(publisher.waitFor()).isZero();
        }
        assertThat(repository.versions(TILES))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all).boxed().toList());
        assertThat(repository.versions(TILES).stream()
                        .map(version -> repository
                                .open(ModelRef.parse("tiles@" + version))
                                .manifest()
                                .digest())
                        .distinct())
                .hasSize(2 * each);
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(all);
    }

    @Test
    void killedPublisherLeavesOnlyWholePackagesAndNoLock() throws Exception {
        Process publisher = Publisher.start(root, scratch.resolve("first"), 100_000);
        try {
            while (repository.versions(TILES).size() < 3) {
                assertThat(publisher.isAlive()).isTrue();
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            publisher.destroyForcibly().waitFor();
        }
        for (long version : repository.versions(TILES)) {
            repository.verify(repository.open(ModelRef.parse("tiles@" + version)));
        }
        ModelPackage next = publish("after the crash");
        assertThat(repository.open(ModelRef.parse("tiles")).manifest()).isEqualTo(next.manifest());
        try (Stream<Path> models = Files.list(root)) {
            assertThat(models.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".staging", "tiles");
        }
    }
}
