package io.atelier.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.Digest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentArtifactsTest {
    private static final byte[] STORED = {9};

    private final AtomicInteger reads = new AtomicInteger();
    private final RecentArtifacts artifacts = new RecentArtifacts(store());

    private ArtifactStore store() {
        return (ArtifactStore) Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "putAll" ->
                        ((List<?>) arguments[0])
                                .stream().map(each -> info((NewArtifact) each)).toList();
                    case "read" -> {
                        reads.incrementAndGet();
                        yield STORED;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static ArtifactInfo info(NewArtifact artifact) {
        return new ArtifactInfo(
                Digest.of(artifact.bytes()), artifact.mediaType(), artifact.bytes().length, artifact.provenance());
    }

    private Digest put(byte[] bytes) {
        return artifacts
                .put(new NewArtifact(bytes, "image/png", Optional.empty()))
                .id();
    }

    @Test
    void whatWasJustPutIsReadWithoutTheStore() {
        Digest id = put(new byte[] {1, 2, 3});
        byte[] read = artifacts.read(id, 3);
        assertThat(read).containsExactly(1, 2, 3);
        read[0] = 7;
        assertThat(artifacts.read(id, 3)).as("nobody changes what is held").containsExactly(1, 2, 3);
        assertThat(reads).hasValue(0);
    }

    @Test
    void limitOfAReadIsTheStoresToJudge() {
        Digest id = put(new byte[] {1, 2, 3});
        assertThat(artifacts.read(id, 2)).isEqualTo(STORED);
    }

    @Test
    void oldestIsLetGoWhereTooMuchIsHeld() {
        Digest first = put(new byte[] {1});
        Digest large = put(new byte[RecentArtifacts.MOST]);
        assertThat(artifacts.read(first, 1)).isEqualTo(STORED);
        assertThat(artifacts.read(large, RecentArtifacts.MOST)).hasSize(RecentArtifacts.MOST);
        put(new byte[] {2});
        assertThat(artifacts.read(large, RecentArtifacts.MOST)).isEqualTo(STORED);
        assertThat(artifacts.read(put(new byte[RecentArtifacts.MOST + 1]), Integer.MAX_VALUE))
                .isEqualTo(STORED);
        assertThat(reads).hasValue(3);
    }

    @Test
    void sameWorkPutAgainIsHeldOnce() {
        Digest id = put(new byte[RecentArtifacts.MOST]);
        put(new byte[RecentArtifacts.MOST]);
        assertThat(artifacts.read(id, RecentArtifacts.MOST)).hasSize(RecentArtifacts.MOST);
    }
}
