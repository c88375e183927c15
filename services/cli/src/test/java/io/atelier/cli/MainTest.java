package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path state;

    @Test
    void wrongUseEndsWithTwoAndNamesTheOption() {
        Run run = Run.of("image", "generate");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--model");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void callWithoutASuiteFailsWithASentenceThatSaysWhatToDo() {
        Run run = Run.of("image", "generate", "--model", "gan-tiles", "--state", state.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("No suite runs on " + state)
                .contains("./atelier up")
                .doesNotContain("Exception");
    }

    @Test
    void unknownServiceInOnlyIsRefusedByName() {
        Run run = Run.of("up", "--only", "image,sculpture", "--state", state.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("No service is called sculpture").contains("image");
    }

    @Test
    void benchAsksForTheTrainerOnlyWhereItMeasuresIt() throws IOException {
        System.setProperty("atelier.home", state.toString());
        System.setProperty(
                "atelier.app.image",
                Files.createFile(state.resolve("image.jar")).toString());
        try {
            assertThat(Run.of("bench", "image").err()).contains("The program bench is not built");
            assertThat(Run.of("bench", "--calls", "20").err()).contains("The program bench is not built");
            assertThat(Run.of("bench", "startup").err()).contains("The program trainer is not built");
        } finally {
            System.clearProperty("atelier.home");
            System.clearProperty("atelier.app.image");
        }
    }

    @Test
    void everyCommandThatDoesSomethingTakesJson() {
        assertThat(leaves(Main.commandLine()))
                .isNotEmpty()
                .allSatisfy(leaf -> assertThat(leaf.getCommandSpec().findOption("--json"))
                        .as(leaf.getCommandSpec().qualifiedName())
                        .isNotNull());
    }

    @Test
    void doctorFindsThisJdkAndPrintsOneDocument() throws Exception {
        Run run = Run.of("doctor", "--json", "--state", state.toString());

        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(document.get("findings")).anySatisfy(finding -> {
            assertThat(finding.get("what").asText()).isEqualTo("JDK");
            assertThat(finding.get("found").asText()).contains(System.getProperty("java.home"));
        });
    }

    @Test
    void completionKnowsTheCommands() {
        Run run = Run.of("completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("complete -F").contains("rollback").contains("--port-offset");
    }

    private static List<CommandLine> leaves(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return command.getCommandName().equals("help") ? List.of() : List.of(command);
        }
        List<CommandLine> found = new ArrayList<>();
        command.getSubcommands().values().forEach(child -> found.addAll(leaves(child)));
        return found;
    }
}
