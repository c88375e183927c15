package io.atelier.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kit.objects.OneS3Server;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelFile;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts do not ask: the store's layout, the cache on this machine, damage in either. */
class ObjectModelRepositoryTest {
    @TempDir
    Path scratch;

    private final ObjectStore objects = OneS3Server.get().store(OneS3Server.freshPrefix());
    private Instant now = Instant.now();

    private ObjectModelRepository open(String cache, long quota) {
        return new ObjectModelRepository(objects, new PackageCache(scratch.resolve(cache), quota, () -> now));
    }

    private ObjectModelRepository open() {
        return open("cache", 1 << 20);
    }

    private ModelDraft draft(String content) {
        return Drafts.draft(scratch.resolve("drafts"), "tiles", content);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        objects.list("", object -> keys.add(object.key()));
        return keys;
    }

    private static String key(ModelPackage found, String file) {
        ModelFile named = found.manifest().files().stream()
                .filter(one -> one.name().equals(file))
                .findFirst()
                .orElseThrow();
        return "tiles/" + found.manifest().version() + "/" + named.sha256() + "-" + file;
    }

    private static void assertBroken(String words, Runnable call) {
        assertThatThrownBy(call::run)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.BROKEN_PACKAGE));
    }

    @Test
    void packageLiesWhereTheDesignSays() {
        ModelPackage published = open().publish(draft("one"), true);
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "tiles/1/model.json",
                        "tiles/current.json",
                        key(published, "generator.onnx"),
                        key(published, "vocabulary.txt"),
                        key(published, "README.md"));
    }

    @Test
    void manifestIsToldWithoutFetchingThePackage() {
        open("publisher", 1 << 20).publish(draft("one"), true);
        assertThat(open().manifest(ModelRef.parse("tiles")).version()).isEqualTo(1);
        assertThat(scratch.resolve("cache")).doesNotExist();
    }

    @Test
    void objectThatIsDamagedOrGoneIsNamedAndNothingIsKeptOfIt() {
        ModelPackage published = open("publisher", 1 << 20).publish(draft("one"), true);
        objects.put(key(published, "generator.onnx"), new byte[] {1});
        assertBroken("tiles@1: generator.onnx does not have its digest", () -> open().open(ModelRef.parse("tiles")));
        objects.delete(List.of(key(published, "generator.onnx")));
        assertBroken("tiles@1: generator.onnx is missing", () -> open().open(ModelRef.parse("tiles")));
        assertThat(scratch.resolve("cache"))
                .isDirectoryNotContaining(file -> Files.isRegularFile(file.resolve("model.json")));
    }

    @Test
    void fileThatThisMachinesDiskDamagedIsFetchedAnew() throws IOException {
        ModelPackage found = open().publish(draft("one"), true);
        Path graph = found.file("generator.onnx");
        byte[] bytes = Files.readAllBytes(graph);
        Files.writeString(graph, "damaged");
        open().verify(found);
        assertThat(graph).hasBinaryContent(bytes);
    }

    @Test
    void leftoversUnderTakenNumbersAreSweptAfterADay() {
        String lost = "tiles/1/" + "ab".repeat(32) + "-generator.onnx";
        String waiting = "tiles/3/" + "ab".repeat(32) + "-generator.onnx";
        objects.put(lost, new byte[] {1});
        objects.put(waiting, new byte[] {1});
        ModelPackage first = open().publish(draft("one"), true);
        assertThat(keys()).contains(lost, waiting);
        now = now.plus(Duration.ofHours(25));
        open().publish(draft("two"), true);
        assertThat(keys()).doesNotContain(lost).contains(waiting, key(first, "generator.onnx"));
        open().verify(open().open(ModelRef.parse("tiles@1")));
    }

    @Test
    void cacheHoldsItsQuotaButNothingOpenedWithinTheHourGoes() {
        ObjectModelRepository publisher = open("publisher", 1 << 20);
        List<ModelPackage> published = List.of(
                publisher.publish(draft("one"), true),
                publisher.publish(draft("two"), true),
                publisher.publish(draft("six"), true));
        long one = published.getFirst().manifest().files().stream()
                .mapToLong(ModelFile::size)
                .sum();
        ObjectModelRepository reader = open("cache", one + one / 2);
        Path first = reader.open(ModelRef.parse("tiles@1")).folder();
        now = now.plus(Duration.ofMinutes(50));
        Path second = reader.open(ModelRef.parse("tiles@2")).folder();
        assertThat(first).exists();
        now = now.plus(Duration.ofMinutes(50));
        reader.open(ModelRef.parse("tiles@3"));
        assertThat(first).doesNotExist();
        assertThat(second).exists();
        assertBroken(
                "more than this machine's cache", () -> open("tiny", one - 1).open(ModelRef.parse("tiles@1")));
    }
}
