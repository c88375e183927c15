package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.recipe.FashionFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a user may get wrong in a setting is told in one line, by the setting, its value and the rule. */
class BadSettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    private record Ran(int exit, String err) {}

    @BeforeEach
    void makeData() throws IOException {
        data = FashionFiles.write(folder.resolve("data"), 60, 20);
    }

    private Ran train(String recipe, Path out, String... settings) {
        List<String> line = new ArrayList<>(List.of("train", recipe, "--threads", "1", "--device", "cpu"));
        line.addAll(List.of("--data", data.toString(), "--out", out.toString()));
        line.addAll(List.of("--repository", folder.resolve("models").toString()));
        for (String setting : settings) {
            line.addAll(List.of("--set", setting));
        }
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(new StringWriter(), true)).setErr(new PrintWriter(err, true));
        return new Ran(command.execute(line.toArray(String[]::new)), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gan-fashion | schedule.group=5                     | schedule.batch is 32 | multiple of schedule.group, 5",
                "gan-fashion | schedule.batch=61                    | schedule.batch is 61 | only 60 pictures",
                "gan-fashion | schedule.batch=5000                  | schedule.batch       | between 1 and 4096, not 5000",
                "gan-fashion | architecture.generator=[8,8,8]       | architecture.generator is [8, 8, 8] | side of 28 is no multiple of 8",
                "gan-fashion | architecture.generator=[]            | architecture.generator | list of 1 to 8 whole numbers",
                "gan-fashion | architecture.generator=[8,x]         | architecture.generator | not [8,\"x\"]",
                "gan-fashion | architecture.discriminator=[8,8,8,8,8] | architecture.discriminator | at most 4",
                "gan-fashion | architecture.discriminator=[-8]      | architecture.discriminator | between 1 and 4096",
                "gan-fashion | schedule.beta1=1.0                   | schedule.beta1       | between 0 and 0.999999, not 1.0",
                "gan-fashion | schedule.shape=linear                | schedule.shape       | hold-cosine, not linear",
                "gan-fashion | schedule.rate=-1                     | schedule.rate        | between 0 and 1000, not -1",
                "gan-fashion | schedule.steps=0                     | schedule.steps       | between 1 and 100000000, not 0",
                "gan-fashion | schedule.sampleEvery=-1              | schedule.sampleEvery | between 0 and 100000000, not -1",
                "gan-fashion | evaluation.judged=1                  | evaluation.judged    | between 4 and 10000, not 1",
                "gan-fashion | evaluation.judgeEpochs=0             | evaluation.judgeEpochs | between 1 and 1000, not 0",
                "gan-fashion | compute.precision=float16            | compute.precision    | bfloat16, not float16",
                "gan-fashion | compute.blas=slow                    | compute.blas         | fast, any, not slow",
                "gan-fashion | model=My Model                       | model must be 1 to 64 lower-case letters | not My Model",
                "gan-fashion | name=other                           | name must be gan-fashion | not other",
                "gan-fashion | init=No Model                        | init must be none, NAME or | not No Model",
                "cnn-fashion | data.validation=60                   | data.validation      | between 0 and 59, not 60",
                "cnn-fashion | data.validation=0                    | schedule.batch is 128 | only 60 pictures",
                "cnn-fashion | architecture.stages=[4,4,4,4,4]      | architecture.stages  | at most 4",
                "cnn-fashion | architecture.dropout=1.5             | architecture.dropout | between 0 and 0.99, not 1.5",
            })
    void badSettingIsToldByNameValueAndRule(String recipe, String setting, String named, String rule)
            throws IOException {
        Path out = folder.resolve("run");
        Ran ran = recipe.equals("cnn-fashion") && !setting.startsWith("data.validation")
                ? train(recipe, out, setting, "data.validation=10", "schedule.batch=10")
                : train(recipe, out, setting);
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().asString().contains(named, rule);
        assertThat(Files.exists(out.resolve("settings.json")))
                .as("the folder stays free")
                .isFalse();
    }

    @Test
    void cnnsOptimiserAndEpochsAreToldToo() {
        String[] small = {"data.validation=10", "schedule.batch=10", ""};
        small[2] = "schedule.optimiser=sgd";
        assertThat(train("cnn-fashion", folder.resolve("a"), small).err())
                .contains("schedule.optimiser must be one of", "adamw, not sgd");
        small[2] = "schedule.epochs=0";
        assertThat(train("cnn-fashion", folder.resolve("b"), small).err())
                .contains("schedule.epochs must be between 1 and", "not 0");
    }

    @Test
    void folderThatCannotBeMadeIsToldByName() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Ran ran = train("cnn-fashion", file);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().asString().contains(file.toString(), "--out");
    }
}
