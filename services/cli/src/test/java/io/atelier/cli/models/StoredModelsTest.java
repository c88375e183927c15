package io.atelier.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.cli.Run;
import io.atelier.kit.objects.S3Server;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a repository in an object store. */
class StoredModelsTest {
    @TempDir
    Path folder;

    private S3Server server;

    private String endpoint;

    @BeforeEach
    void publishTwoVersions() throws IOException {
        server = S3Server.start(folder);
        endpoint = server.endpoint().toString();
        ModelRepository repository = new ObjectModelRepository(
                server.store("models"), new PackageCache(folder.resolve("other"), 1 << 20, InstantSource.system()));
        repository.publish(draft("one"), true);
        repository.publish(draft("two"), true);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ModelDraft draft(String content) throws IOException {
        Path graph = Files.writeString(folder.resolve(content + ".onnx"), content);
        Path card = Files.writeString(folder.resolve("README.md"), "A model that makes dots.");
        GraphSpec spec = new GraphSpec(
                "generator",
                "generator.onnx",
                List.of(TensorSpec.of("latent", "latent", "float32", -1L, 4L)),
                List.of(TensorSpec.of("image", "image", "float32", -1L, 1L, 8L, 8L)));
        return new ModelDraft(
                new ModelName("tiny"),
                ModelTask.IMAGE_CLASS_CONDITIONAL,
                Map.of("generator.onnx", graph, "README.md", card),
                List.of(spec),
                List.of("dot"),
                Map.of(),
                Map.of("batch", 4L),
                Optional.empty(),
                Optional.empty());
    }

    private Run run(String repository, String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--state", folder.resolve("state").toString(), "--repository", repository));
        line.addAll(List.of("--s3-endpoint", endpoint));
        line.addAll(List.of("--s3-credentials", folder.resolve("s3-credentials").toString()));
        return Run.of(line.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--json");
        Run run = run(S3Server.address("models"), line.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void modelsAreListedShownAndPromotedWithoutFetchingAny() throws IOException {
        JsonNode model = json("models", "list").get("models").get(0);
        assertThat(model.get("name").asText()).isEqualTo("tiny");
        assertThat(model.get("promoted").asInt()).isEqualTo(2);
        assertThat(json("models", "show", "tiny@1").get("version").asInt()).isEqualTo(1);
        assertThat(run(S3Server.address("models"), "models", "show", "tiny").out())
                .contains("s3://atelier/models/tiny/2");

        assertThat(json("models", "pin", "tiny@1").get("pinned").asBoolean()).isTrue();
        assertThat(json("models", "unpin", "tiny").get("pinned").asBoolean()).isFalse();
        assertThat(json("models", "promote", "tiny", "2").get("version").asInt())
                .isEqualTo(2);
        assertThat(json("models", "rollback", "tiny").get("version").asInt()).isEqualTo(1);
        assertThat(folder.resolve("state")).as("neither packages nor starters").doesNotExist();
    }

    @Test
    void whatCannotBeUsedIsToldInASentence() {
        assertTold(run("s3:/models", "models", "list"), "s3://bucket/prefix");
        assertTold(run(folder.resolve("none").toString(), "models", "list"), "There is no folder");
        S3Server.credentials(folder, "wrong");
        assertTold(run(S3Server.address("models"), "models", "list"), "refuses these credentials");
        S3Server.credentials(folder);
        server.close();
        assertTold(run(S3Server.address("models"), "models", "list"), "cannot be reached");
    }

    private static void assertTold(Run run, String words) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(words).doesNotContain("\tat ");
    }
}
