package io.atelier.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what bash needs to complete the commands. */
@Command(name = "completion", description = "Prints a completion script for bash: source <(./atelier completion)")
final class CompletionCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        String script = AutoComplete.bash("atelier", Main.commandLine());
        if (output.isJson()) {
            output.document(Map.of("script", script));
        } else {
            output.result(script);
        }
        return 0;
    }
}
