package io.atelier.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.cli.Run;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void publishTwoVersions() throws IOException {
        publish("one");
        publish("two");
    }

    @Test
    void listTellsVersionsAndWhatIsPromoted() throws IOException {
        JsonNode model = json("models", "list").get("models").get(0);

        assertThat(model.get("name").asText()).isEqualTo("tiny");
        assertThat(model.get("versions")).hasSize(2);
        assertThat(model.get("promoted").asInt()).isEqualTo(2);
    }

    @Test
    void promoteAndRollbackChangeWhatServes() throws IOException {
        assertThat(json("models", "promote", "tiny", "1").get("version").asInt())
                .isEqualTo(1);
        assertThat(json("models", "rollback", "tiny").get("version").asInt()).isEqualTo(2);
    }

    @Test
    void versionIsNamedApartOrWithTheNameAndOnlyWhereOneIsWanted() throws IOException {
        assertThat(json("models", "promote", "tiny@1").get("version").asInt()).isEqualTo(1);
        assertThat(json("models", "pin", "tiny@2").get("version").asInt()).isEqualTo(2);

        assertThat(run("models", "promote", "tiny").code()).isEqualTo(2);
        assertThat(run("models", "promote", "tiny@1", "2").err()).contains("NAME@VERSION");
        assertThat(run("models", "rollback", "tiny@1").code()).isEqualTo(2);
    }

    @Test
    void pinnedModelStaysWhenAVersionIsPublished() throws IOException {
        run("models", "pin", "tiny", "1");
        publish("three");

        assertThat(json("models", "list").get("models").get(0).get("promoted").asInt())
                .isEqualTo(1);
        assertThat(run("models", "unpin", "tiny").code()).isZero();
    }

    @Test
    void showPrintsTheManifestOfTheVersionAskedFor() throws IOException {
        assertThat(json("models", "show", "tiny@1").get("version").asInt()).isEqualTo(1);
        assertThat(json("models", "show", "tiny").get("labels").get(0).asText()).isEqualTo("dot");
    }

    @Test
    void unknownModelFailsWithItsCode() {
        Run run = run("models", "show", "nobody");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("nobody").contains("ATELIER-MODEL-0001");
    }

    private void publish(String content) throws IOException {
        Path graph = Files.writeString(folder.resolve(content + ".onnx"), content);
        Path card = Files.writeString(folder.resolve("README.md"), "A model that makes dots.");
        ModelRepository repository =
                new DirectoryModelRepository(folder.resolve("state/models"), InstantSource.system());
        GraphSpec spec = new GraphSpec(
                "generator",
                "generator.onnx",
                List.of(TensorSpec.of("latent", "latent", "float32", -1L, 4L)),
                List.of(TensorSpec.of("image", "image", "float32", -1L, 1L, 8L, 8L)));
        repository.publish(
                new ModelDraft(
                        new ModelName("tiny"),
                        ModelTask.IMAGE_CLASS_CONDITIONAL,
                        Map.of("generator.onnx", graph, "README.md", card),
                        List.of(spec),
                        List.of("dot"),
                        Map.of(),
                        Map.of("batch", 4L),
                        Optional.empty(),
                        Optional.empty()),
                true);
    }

    private Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--state";
        all[arguments.length + 1] = folder.resolve("state").toString();
        return Run.of(all);
    }

    private JsonNode json(String... arguments) throws IOException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Run run = run(all);
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
