package io.atelier.learn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.learn.recipe.Recipe;
import io.atelier.learn.recipe.Recipes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists recipes with their settings. */
@Command(name = "recipes", description = "Lists the recipes and their settings.")
final class RecipesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(document().toPrettyString());
            return 0;
        }
        for (Recipe<?> recipe : Recipes.all()) {
            out.println(recipe.name() + ": " + recipe.defaults().text("title"));
            recipe.defaults().texts().forEach((name, value) -> {
                out.println("    " + name + " = " + value);
                out.println("        " + recipe.defaults().about(name));
            });
        }
        return 0;
    }

    private static ObjectNode document() {
        ObjectNode document = new JsonMapper().createObjectNode();
        ArrayNode recipes = document.putArray("recipes");
        for (Recipe<?> recipe : Recipes.all()) {
            ObjectNode node = recipes.addObject()
                    .put("name", recipe.name())
                    .put("title", recipe.defaults().text("title"))
                    .put("model", recipe.defaults().text("model"))
                    .put("task", recipe.task().id());
            ObjectNode settings = node.putObject("settings");
            recipe.defaults().texts().forEach(settings::put);
            node.set("schema", recipe.defaults().schema());
        }
        return document;
    }
}
