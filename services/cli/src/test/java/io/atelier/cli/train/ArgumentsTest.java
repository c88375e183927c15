package io.atelier.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the training program is told. */
class ArgumentsTest {
    @TempDir
    Path folder;

    private List<String> eval(String... line) {
        EvalCommand command = new EvalCommand();
        new CommandLine(command).parseArgs(line);
        return command.arguments();
    }

    private List<String> train(String... line) {
        TrainCommand command = new TrainCommand();
        new CommandLine(command).parseArgs(line);
        return command.arguments(folder.resolve("run"));
    }

    @Test
    void evaluationOfAnObjectStoresModelNamesTheStoreAndHowItIsReached() {
        List<String> line = eval(
                "tiny",
                "--data",
                "s3://studio/fonts",
                "--repository",
                "s3://studio/models",
                "--s3-endpoint",
                "http://127.0.0.1:9000",
                "--s3-region",
                "eu-north-1",
                "--s3-credentials",
                "/etc/keys");

        assertThat(line)
                .containsExactly(
                        "eval",
                        "tiny",
                        "--data",
                        "s3://studio/fonts",
                        "--repository",
                        "s3://studio/models/",
                        "--s3-region",
                        "eu-north-1",
                        "--s3-endpoint",
                        "http://127.0.0.1:9000",
                        "--s3-path-style",
                        "--s3-credentials",
                        "/etc/keys");
    }

    @Test
    void evaluationInAFolderNamesPathsInFullAndPublishesNoStarters() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models"));

        assertThat(eval("tiny", "--data", "fonts", "--repository", models + "/."))
                .containsExactly(
                        "eval",
                        "tiny",
                        "--data",
                        Path.of("fonts").toAbsolutePath().toString(),
                        "--repository",
                        models.toString());
        assertThat(models).isEmptyDirectory();
    }

    @Test
    void trainingGetsAnObjectStoresDataAsItIs() {
        assertThat(train("gan-tiles", "--data", "s3://studio/fonts", "--s3-endpoint", "http://127.0.0.1:9000"))
                .containsSequence(
                        "--data", "s3://studio/fonts", "--s3-endpoint", "http://127.0.0.1:9000", "--s3-path-style")
                .doesNotContain("--s3-region");
        assertThat(train("gan-tiles", "--data", "fonts"))
                .containsSequence("--data", Path.of("fonts").toAbsolutePath().toString());
    }
}
