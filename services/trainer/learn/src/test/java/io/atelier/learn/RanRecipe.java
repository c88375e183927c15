package io.atelier.learn;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** How a recipe's training by command line ended: its exit code and what it said. */
record RanRecipe(int exit, String out, String err) {

    /**
     * Trains on one thread.
     *
     * @param folder gets the run as {@code run} and the repository as {@code models}
     * @param settings each as NAME=VALUE
     */
    static RanRecipe train(String recipe, Path data, Path folder, List<String> settings, String... more) {
        List<String> line = new ArrayList<>(List.of("train", recipe, "--threads", "1", "--json"));
        line.addAll(List.of("--data", data.toString()));
        line.addAll(List.of("--out", folder.resolve("run").toString()));
        line.addAll(List.of("--repository", folder.resolve("models").toString()));
        settings.forEach(setting -> line.addAll(List.of("--set", setting)));
        line.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = command.execute(line.toArray(String[]::new));
        return new RanRecipe(exit, out.toString(), err.toString());
    }
}
