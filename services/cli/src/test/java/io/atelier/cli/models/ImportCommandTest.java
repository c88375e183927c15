package io.atelier.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.cli.Run;
import io.atelier.kit.models.TinyForeign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder.resolve("repository"));
        model = Files.write(
                folder.resolve("colours.onnx"), TinyForeign.byteClassifier(8, 8).model());
    }

    @Test
    void importedModelIsPublishedPromotedAndShownLikeAnyOther() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "red\ngreen\r\nblue\n\n");
        Run run = run("--labels", labels.toString(), "--license", "CC0-1.0", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode told = new ObjectMapper().readTree(run.out());
        assertThat(told.get("model").asText()).isEqualTo("foreign@1");
        assertThat(told.get("labels").asInt()).isEqualTo(3);
        assertThat(told.get("found").toString()).contains("NHWC").contains("0..255");
        JsonNode manifest = new ObjectMapper()
                .readTree(Run.of("models", "show", "foreign", "--json", "--repository", repository())
                        .out());
        assertThat(manifest.get("license").asText()).isEqualTo("CC0-1.0");
        assertThat(manifest.get("labels").toString()).isEqualTo("[\"red\",\"green\",\"blue\"]");
        assertThat(manifest.get("graphs").get(0).get("role").asText()).isEqualTo("classifier");
    }

    @Test
    void secondImportUnderANameIsItsNextVersion() {
        assertThat(run().out()).contains("Imported foreign@1");
        assertThat(run("--range", "0..1").out()).contains("Imported foreign@2");
    }

    @Test
    void wrongWordsOfOptionsAreUsageErrorsThatNameTheRightOnes() {
        assertThat(run("--range", "0..2"))
                .returns(2, Run::code)
                .extracting(Run::err)
                .asString()
                .contains("0..255");
        assertThat(run("--channels", "cmyk"))
                .returns(2, Run::code)
                .extracting(Run::err)
                .asString()
                .contains("grey");
        assertThat(run("--size", "8"))
                .returns(2, Run::code)
                .extracting(Run::err)
                .asString()
                .contains("224x224");
        assertThat(run("--std", "1,0,1"))
                .returns(2, Run::code)
                .extracting(Run::err)
                .asString()
                .contains("above 0");
        assertThat(run("--role", "odds=scores"))
                .returns(2, Run::code)
                .extracting(Run::err)
                .asString()
                .contains("logits");
        assertThat(run("--trial-seconds", "0"))
                .returns(2, Run::code)
                .extracting(Run::err)
                .asString()
                .contains("1 to 600");
        assertThat(run("--layout", "CHWN").code()).isEqualTo(2);
    }

    @Test
    void taskThatNoneIsImportedForIsRefusedWithThoseThereAre() {
        Run run = Run.of(
                "models",
                "import",
                "--task",
                "image.flow",
                "--name",
                "foreign",
                "--repository",
                repository(),
                model.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("image.flow").contains("image.classify").contains("ATELIER-MODEL-0002");
    }

    private String repository() {
        return folder.resolve("repository").toString();
    }

    private Run run(String... options) {
        List<String> line =
                new ArrayList<>(List.of("models", "import", "--task", "image.classify", "--name", "foreign"));
        line.addAll(List.of("--repository", repository(), "--state"));
        line.add(folder.resolve("state").toString());
        if (!List.of(options).contains("--trial-seconds")) {
            line.addAll(List.of("--trial-seconds", "60")); // other tests may hold the processor
        }
        line.addAll(List.of(options));
        line.add(model.toString());
        return Run.of(line.toArray(String[]::new));
    }
}
