package io.atelier.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelJsonTest {
    @TempDir
    Path folder;

    private static String example() throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelJsonTest.class.getResourceAsStream("model.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ModelManifest manifest() throws IOException {
        List<ModelFile> files = List.of(
                new ModelFile("README.md", Digest.of(Drafts.utf8("card")), 4),
                new ModelFile("generator.onnx", Digest.of(Drafts.utf8("graph")), 5));
        ModelDraft draft = Drafts.draft(folder, "graph");
        return draft.manifest(3, ModelDigest.of(draft, files), files);
    }

    @Test
    void manifestIsWrittenAsTheCanonicalExample() throws IOException {
        assertThat(new String(ModelJson.write(manifest()), StandardCharsets.UTF_8))
                .isEqualTo(example());
    }

    @Test
    void exampleIsReadAndWrittenAgainByteForByte() throws IOException {
        ModelManifest read = ModelJson.read(Drafts.utf8(example()), ModelManifest.class);
        assertThat(read).isEqualTo(manifest());
        assertThat(ModelJson.write(read)).isEqualTo(Drafts.utf8(example()));
        assertThat(ModelDigest.of(read)).isEqualTo(read.digest());
    }

    @Test
    void bareManifestSurvivesTheRoundTrip() throws IOException {
        ModelManifest bare = new ModelManifest(
                1,
                new ModelName("bare"),
                1,
                "image",
                ModelTask.IMAGE_CLASSIFY,
                Digest.of(new byte[0]),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(ModelJson.read(ModelJson.write(bare), ModelManifest.class)).isEqualTo(bare);
    }

    @Test
    void digestIgnoresNameVersionCardAndMetricsAndNothingElse() throws IOException {
        Digest digest = manifest().digest();
        List<String> same = List.of("\"name\": \"tiles\"", "\"version\": 3", "0.84", "\"CC0-1.0\"", "\"job-1\"");
        List<String> others = List.of("\"wall\"", "0.7", "64\n", "\"-1..1\"", "\"latent\"", "png", "float32");
        for (String part : same) {
            assertThat(changed(part)).as(part).isEqualTo(digest);
        }
        for (String part : others) {
            assertThat(changed(part)).as(part).isNotEqualTo(digest);
        }
    }

    /** The digest of the example with one part changed. */
    private static Digest changed(String part) throws IOException {
        String other = part.replaceFirst("[0-9]", "9").replaceFirst("[a-z](?=[a-z0-9.-]*\"?$)", "x");
        assertThat(example()).contains(part);
        assertThat(other).isNotEqualTo(part);
        return ModelDigest.of(
                ModelJson.read(Drafts.utf8(example().replaceFirst(Pattern.quote(part), other)), ModelManifest.class));
    }

    @Test
    void unknownAndDoubledKeysTasksAndTrailingTextAreRefused() throws IOException {
        String json = example();
        for (String broken : List.of(
                json.replace("\"schema\"", "\"shema\""),
                json.replace("image.class-conditional", "image.telepathy"),
                json.replace("\"version\": 3", "\"version\": 3, \"version\": 4"),
                json.replace("\"version\": 3", "\"version\": null"),
                json.replace("\"version\": 3", "\"version\": \"3\""),
                json.replace("\"version\": 3", "\"version\": 3.5"),
                json.replace("\"name\": \"tiles\"", "\"name\": \"../tiles\""),
                json + "{}",
                json.substring(0, json.length() / 2),
                "[".repeat(100_000))) {
            assertThatThrownBy(() -> ModelJson.read(Drafts.utf8(broken), ModelManifest.class))
                    .isInstanceOf(IOException.class);
        }
    }
}
