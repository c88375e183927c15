package io.atelier.kit.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.WorkStore;
import io.atelier.kernel.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link io.atelier.artifacts.ArtifactStore} promises. An implementation's test says how one is opened. */
public abstract class ArtifactStoreContract extends WorkStoreTests {

    protected ArtifactStoreContract() {
        super(Instant.now());
    }

    @Test
    public void artifactsComeBackAsTheyWerePut() throws IOException {
        List<ArtifactInfo> put = store.artifacts().putAll(List.of(Works.work("one"), Works.text("two")));
        assertThat(put.getFirst().id()).isEqualTo(Works.digest("one"));
        assertThat(put.getFirst().provenance()).contains(Works.provenance());
        try (WorkStore other = openAgain()) {
            assertThat(other.artifacts().find(Works.digest("one"))).contains(put.getFirst());
            assertThat(other.artifacts().find(Works.digest("two"))).contains(put.getLast());
            assertThat(other.artifacts().read(Works.digest("one"), 3))
                    .asString()
                    .isEqualTo("one");
        }
    }

    @Test
    public void artifactIsReadFromAnyOfItsBytes() throws IOException {
        store.artifacts().put(Works.text("four"));
        for (int offset = 0; offset <= 4; offset++) {
            try (InputStream in = store.artifacts().open(Works.digest("four"), offset)) {
                assertThat(in.readAllBytes()).asString().isEqualTo("four".substring(offset));
            }
        }
        assertRefused(ErrorCode.OUT_OF_RANGE_FIELD, () -> store.artifacts().open(Works.digest("four"), 5));
        assertRefused(ErrorCode.OUT_OF_RANGE_FIELD, () -> store.artifacts().open(Works.digest("four"), -1));
    }

    @Test
    public void readerThatLeavesEarlyDisturbsNobody() throws IOException {
        try (WorkStore large = open(8 << 20, clock)) {
            NewArtifact artifact = new NewArtifact(new byte[4 << 20], "image/png", Optional.empty());
            ArtifactInfo info = large.artifacts().put(artifact);
            for (int i = 0; i < 20; i++) {
                try (InputStream in = large.artifacts().open(info.id(), 0)) {
                    assertThat(in.read()).isZero();
                }
            }
            assertThat(large.artifacts().read(info.id(), 4 << 20)).hasSize(4 << 20);
        }
    }

    @Test
    public void equalBytesAreOneArtifact() {
        store.artifacts().putAll(List.of(Works.work("same"), Works.work("same")));
        store.artifacts().put(Works.work("same"));
        assertThat(store.usedBytes()).isEqualTo(4);
    }

    @Test
    public void uploadOfAWorksBytesLeavesItsMark() {
        store.artifacts().put(Works.work("same"));
        try (WorkStore other = openAgain()) {
            assertThat(other.artifacts().put(Works.text("same")).provenance()).contains(Works.provenance());
            assertThat(other.artifacts()
                            .find(Works.digest("same"))
                            .orElseThrow()
                            .provenance())
                    .isPresent();
        }
    }

    @Test
    public void workMarksAnUploadOfTheSameBytes() {
        store.artifacts().put(Works.text("same"));
        store.artifacts().put(Works.work("same"));
        try (WorkStore other = openAgain()) {
            assertThat(other.artifacts()
                            .find(Works.digest("same"))
                            .orElseThrow()
                            .provenance())
                    .isPresent();
        }
        assertThat(store.usedBytes()).isEqualTo(4);
    }

    @Test
    public void streamIsStoredUnderItsDigest() {
        ArtifactInfo info = store.artifacts().put(Works.stream("streamed"), "text/plain", Optional.empty(), 8);
        assertThat(info.id()).isEqualTo(Works.digest("streamed"));
        assertThat(store.artifacts().read(info.id(), 100)).asString().isEqualTo("streamed");
    }

    @Test
    public void streamThatIsRefusedLeavesNothing() {
        assertRefused(
                ErrorCode.TOO_LARGE,
                () -> store.artifacts().put(Works.stream("streamed"), "text/plain", Optional.empty(), 7));
        assertRefused(
                ErrorCode.DIGEST_MISMATCH,
                () -> store.artifacts()
                        .put(Works.stream("streamed"), "text/plain", Optional.of(Works.digest("other")), 100));
        assertThat(store.artifacts().find(Works.digest("streamed"))).isEmpty();
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    public void senderThatBreaksOffIsNotTheStoresFault() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatThrownBy(() -> store.artifacts().put(broken, "text/plain", Optional.empty(), 100))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    public void fullQuotaRefusesNewBytesAndRenewsKnownOnes() {
        store.artifacts().put(Works.text("x".repeat(900)));
        assertRefused(ErrorCode.QUOTA_EXCEEDED, () -> store.artifacts().put(Works.text("y".repeat(101))));
        assertRefused(
                ErrorCode.QUOTA_EXCEEDED,
                () -> store.artifacts().put(Works.stream("y".repeat(101)), "text/plain", Optional.empty(), 1000));
        assertThat(store.artifacts().put(Works.text("x".repeat(900))).size()).isEqualTo(900);
        assertThat(store.artifacts().put(Works.text("y".repeat(100))).size()).isEqualTo(100);
        assertThat(store.usedBytes()).isEqualTo(QUOTA);
    }

    @Test
    public void quotaHoldsBetweenConcurrentPuts() {
        List<CompletableFuture<Boolean>> puts = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        store.artifacts().put(Works.text(i + "-".repeat(98 - i / 10)));
                        return true;
                    } catch (io.atelier.kernel.ProblemException e) {
                        return false;
                    }
                }))
                .toList();
        assertThat(puts.stream().filter(CompletableFuture::join).count()).isEqualTo(10);
        assertThat(store.usedBytes()).isBetween(980L, QUOTA);
    }

    @Test
    public void otherMediaTypesAreRefused() {
        assertRefused(
                ErrorCode.WRONG_TYPE,
                () -> store.artifacts().put(new NewArtifact(new byte[1], "text/html", Optional.empty())));
        assertRefused(
                ErrorCode.WRONG_TYPE,
                () -> store.artifacts().put(Works.stream("x"), "text/html", Optional.empty(), 10));
    }

    @Test
    public void unknownAndTooLargeIsTold() {
        assertThat(store.artifacts().find(Works.digest("none"))).isEmpty();
        assertRefused(ErrorCode.UNKNOWN_ARTIFACT, () -> store.artifacts().read(Works.digest("none"), 10));
        assertRefused(ErrorCode.UNKNOWN_ARTIFACT, () -> store.artifacts().open(Works.digest("none"), 0));
        store.artifacts().put(Works.text("four"));
        assertRefused(ErrorCode.TOO_LARGE, () -> store.artifacts().read(Works.digest("four"), 3));
    }

    @Test
    public void interruptedCallerLeavesTheStoreOpen() {
        Thread.currentThread().interrupt();
        store.artifacts().put(Works.text("interrupted"));
        assertThat(Thread.interrupted()).isTrue();
        store.artifacts().put(Works.text("next"));
        assertThat(store.artifacts().find(Works.digest("interrupted"))).isPresent();
        assertThat(store.artifacts().find(Works.digest("next"))).isPresent();
    }
}
