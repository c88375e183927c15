package io.atelier.endpoints.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.endpoints.artifacts.References;
import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InlineContentTest {
    private static final int LARGE = 900_000;

    @TempDir
    Path folder;

    @Test
    void artifactsTravelInsideAsLongAsTheyFitTogether() {
        try (DirectoryStore store = DirectoryStore.open(StoreSettings.of(folder), InstantSource.system())) {
            GenerateImageResult.Builder result = GenerateImageResult.newBuilder();
            for (int i = 0; i < 5; i++) {
                result.addImages(GeneratedImage.newBuilder().setArtifact(put(store.artifacts(), LARGE, i)));
            }
            result.setContactSheet(put(store.artifacts(), 1000, 9));
            GenerateImageResult filled = new InlineContent(store.artifacts()).attach(result.build());
            assertThat(filled.getImagesList())
                    .extracting(image -> image.getArtifact().hasContent())
                    .containsExactly(true, true, true, false, false);
            assertThat(filled.getContactSheet().getContent().size()).isEqualTo(1000);
            assertThat(filled.getSerializedSize()).isLessThan(4 << 20);
        }
    }

    @Test
    void artifactOverTheLimitStaysAReference() {
        try (DirectoryStore store = DirectoryStore.open(StoreSettings.of(folder), InstantSource.system())) {
            GenerateImageResult result = GenerateImageResult.newBuilder()
                    .setContactSheet(put(store.artifacts(), InlineContent.MAX_ARTIFACT_BYTES + 1, 1))
                    .build();
            assertThat(new InlineContent(store.artifacts()).attach(result)).isEqualTo(result);
        }
    }

    private static Artifact put(ArtifactStore store, int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        ArtifactInfo info = store.put(new NewArtifact(bytes, "image/png", Optional.empty()));
        return new References("http://127.0.0.1").to(info);
    }
}
