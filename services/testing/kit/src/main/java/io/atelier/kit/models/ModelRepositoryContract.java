package io.atelier.kit.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Promotion;
import io.atelier.models.StarterModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link ModelRepository} promises. An implementation's test extends it and says how one is opened. */
public abstract class ModelRepositoryContract extends RepositoryContract {

    @Test
    public void emptyRepositoryKnowsNoModel() {
        assertThat(repository.names()).isEmpty();
        assertThat(repository.versions(TILES)).isEmpty();
        assertThat(repository.promotion(TILES)).isEmpty();
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> openVersion("tiles"));
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> openVersion("tiles@1"));
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> repository.promote(TILES, 1));
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> repository.pin(TILES, 1));
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> repository.unpin(TILES));
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> repository.rollback(TILES));
    }

    @Test
    public void publishedPackageIsReadAsItWasWritten() throws IOException {
        ModelDraft draft = draft("one");
        ModelPackage published = repository.publish(draft, true);
        ModelPackage found = open().open(ModelRef.parse("tiles"));
        assertThat(found.manifest()).isEqualTo(published.manifest());
        assertThat(found.manifest().version()).isEqualTo(1);
        assertThat(found.manifest().graphs()).isEqualTo(draft.graphs());
        assertThat(found.manifest().training()).isEqualTo(draft.training());
        assertThat(found.manifest().defaults()).isEqualTo(draft.defaults());
        for (Map.Entry<String, Path> file : draft.files().entrySet()) {
            assertThat(found.file(file.getKey())).hasSameBinaryContentAs(file.getValue());
        }
        repository.verify(found);
        assertThat(repository.names()).containsExactly(TILES);
    }

    @Test
    public void publishingPromotesUnlessToldNotTo() {
        repository.publish(draft("one"), true);
        repository.publish(draft("two"), false);
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(1);
        repository.publish(draft("three"), true);
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(3);
        assertThat(openVersion("tiles@2").manifest().version()).isEqualTo(2);
        assertThat(repository.versions(TILES)).containsExactly(1L, 2L, 3L);
    }

    @Test
    public void modelWithoutPromotionIsOpenedByVersionOnly() {
        repository.publish(draft("one"), false);
        assertThat(repository.promotion(TILES)).isEmpty();
        assertThat(repository.names()).containsExactly(TILES);
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> openVersion("tiles"));
        assertThat(openVersion("tiles@1").manifest().version()).isEqualTo(1);
    }

    @Test
    public void digestIsTheSameForARepeatedTrainingAndDiffersForAnotherGraph() {
        ModelPackage first = repository.publish(draft("one"), true);
        ModelPackage card = repository.publish(Drafts.draft(scratch.resolve("elsewhere"), "other-name", "one"), true);
        ModelPackage other = repository.publish(draft("two"), true);
        assertThat(card.manifest().digest()).isEqualTo(first.manifest().digest());
        assertThat(other.manifest().digest()).isNotEqualTo(first.manifest().digest());
    }

    @Test
    public void pinnedModelStaysWhateverIsPublished() {
        repository.publish(draft("one"), true);
        repository.publish(draft("two"), true);
        assertThat(repository.pin(TILES, 1)).isEqualTo(new Promotion(1, true, 2, 3));
        repository.publish(draft("three"), true);
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(1);
        assertRefused(ErrorCode.PINNED, () -> repository.promote(TILES, 2));
        assertRefused(ErrorCode.PINNED, () -> repository.rollback(TILES));
        assertThat(repository.unpin(TILES).pinned()).isFalse();
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(1);
        assertThat(repository.promote(TILES, 3).version()).isEqualTo(3);
    }

    @Test
    public void rollbackGoesBackAndForth() {
        repository.publish(draft("one"), true);
        assertRefused(ErrorCode.UNKNOWN_MODEL, () -> repository.rollback(TILES));
        repository.publish(draft("two"), true);
        assertThat(repository.rollback(TILES)).isEqualTo(new Promotion(1, false, 2, 3));
        assertThat(repository.rollback(TILES)).isEqualTo(new Promotion(2, false, 1, 4));
    }

    @Test
    public void promotingTheCurrentVersionChangesNothing() {
        repository.publish(draft("one"), true);
        assertThat(repository.promote(TILES, 1))
                .isEqualTo(repository.promotion(TILES).orElseThrow());
        assertThat(repository.promotion(TILES).orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    public void knownDigestIsNotPublishedAgain() {
        repository.publish(draft("one"), true);
        repository.publish(draft("two"), true);
        ModelPackage same = repository.publishIfNew(draft("one"), true);
        assertThat(same.manifest().version()).isEqualTo(1);
        assertThat(repository.versions(TILES)).containsExactly(1L, 2L);
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(2);
        assertThat(repository.publishIfNew(draft("three"), true).manifest().version())
                .isEqualTo(3);
    }

    @Test
    public void knownDigestIsPromotedOnlyWhenNothingIs() {
        repository.publish(draft("one"), false);
        repository.publishIfNew(draft("one"), true);
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(1);
        repository.publish(draft("held back"), false);
        repository.publishIfNew(draft("held back"), true);
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(1);
    }

    @Test
    public void namesThatLeaveThePackageAreRefused() {
        for (String name :
                List.of("../escaped", "sub/file", "/etc/passwd", "..", ".hidden", "model.json", "a\\b", "")) {
            Map<String, Path> files = new TreeMap<>(draft("one").files());
            files.put(name, scratch.resolve("drafts"));
            ModelDraft draft = draft("one");
            ModelDraft climbing = new ModelDraft(
                    draft.name(),
                    draft.task(),
                    files,
                    draft.graphs(),
                    draft.labels(),
                    draft.defaults(),
                    draft.limits(),
                    draft.training(),
                    draft.license());
            assertRefused(ErrorCode.MALFORMED_ID, () -> repository.publish(climbing, true));
        }
        assertThat(repository.names()).isEmpty();
    }

    @Test
    public void linkAsASourceIsRefused() throws IOException {
        ModelDraft draft = draft("one");
        Path graph = draft.files().get("generator.onnx");
        Path real = Files.move(graph, scratch.resolve("real.onnx"));
        Files.createSymbolicLink(graph, real);
        assertRefused(ErrorCode.MISSING_FIELD, () -> repository.publish(draft, true));
        assertThat(repository.names()).isEmpty();
    }

    @Test
    public void publishersOfOneNameAtOnceGetVersionsOfTheirOwn() throws Exception {
        int publishers = 6;
        int each = 3;
        long total = (long) publishers * each;
        try (ExecutorService threads = Executors.newFixedThreadPool(publishers)) {
            List<Callable<List<Long>>> work = IntStream.range(0, publishers)
                    .mapToObj(publisher -> (Callable<List<Long>>) () -> {
                        ModelRepository own = open();
                        return IntStream.range(0, each)
                                .mapToObj(i -> own.publish(draft(publisher + " " + i), true)
                                        .manifest()
                                        .version())
                                .toList();
                    })
                    .toList();
            List<Long> taken = new ArrayList<>();
            for (Future<List<Long>> done : threads.invokeAll(work)) {
                taken.addAll(done.get());
            }
            List<Long> all = LongStream.rangeClosed(1, total).boxed().toList();
            assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        }
        assertThat(repository.versions(TILES)).hasSize(publishers * each);
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(total);
        assertThat(repository.versions(TILES).stream()
                        .map(version ->
                                openVersion("tiles@" + version).manifest().digest())
                        .distinct())
                .hasSize(publishers * each);
    }

    @Test
    public void changesOfThePromotionAtOnceAreAllCounted() throws Exception {
        repository.publish(draft("one"), true);
        repository.publish(draft("two"), true);
        long before = repository.promotion(TILES).orElseThrow().revision();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Promotion>> work = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<Promotion>) () -> open().rollback(TILES))
                    .toList();
            for (Future<Promotion> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        Promotion after = repository.promotion(TILES).orElseThrow();
        assertThat(after.revision()).isEqualTo(before + 20);
        assertThat(after.version()).isEqualTo(2);
    }

    @Test
    public void startersComeOnceAndLeavePinsAlone() {
        ModelRepository starters = openStarters();
        starters.publish(draft("starter"), true);
        starters.publish(Drafts.draft(scratch.resolve("drafts"), "fashion", "starter"), true);
        repository.publish(draft("own"), true);
        repository.pin(TILES, 1);
        assertThat(StarterModels.publish(starters, repository))
                .extracting(published ->
                        published.manifest().name() + "@" + published.manifest().version())
                .containsExactly("fashion@1", "tiles@2");
        assertThat(StarterModels.publish(starters, repository)).isEmpty();
        assertThat(openVersion("tiles").manifest().version()).isEqualTo(1);
        assertThat(openVersion("fashion").manifest().version()).isEqualTo(1);
        repository.verify(openVersion("tiles@2"));
    }

    /** A second repository, which ships with a release. */
    protected abstract ModelRepository openStarters();
}
