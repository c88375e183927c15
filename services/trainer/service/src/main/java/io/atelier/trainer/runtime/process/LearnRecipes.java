package io.atelier.trainer.runtime.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.RecipeBook;
import io.atelier.trainer.domain.RecipeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The recipes that learn's {@code recipes --json} tells. It is asked once, in a process of its own beside the service's
 * start; who wants to know before it has answered waits.
 */
public final class LearnRecipes implements RecipeBook {
    private static final System.Logger LOG = System.getLogger(LearnRecipes.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 4 << 20;

    private final CompletableFuture<Map<String, SettingsRules>> recipes;

    private LearnRecipes(CompletableFuture<Map<String, SettingsRules>> recipes) {
        this.recipes = recipes;
    }

    /** Starts asking. A program that does not answer makes every question UNAVAILABLE, and is named in the log. */
    public static LearnRecipes ask(LearnProgram program) {
        CompletableFuture<Map<String, SettingsRules>> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("recipes").start(() -> {
            try {
                answer.complete(read(program));
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the training program " + program.jar() + " told no recipes", e);
                answer.completeExceptionally(e);
            } catch (InterruptedException e) {
                answer.completeExceptionally(e);
            }
        });
        return new LearnRecipes(answer);
    }

    @Override
    public List<RecipeInfo> all() {
        return known().values().stream().map(SettingsRules::recipe).toList();
    }

    @Override
    public void check(String recipe, Map<String, String> settings) {
        Map<String, SettingsRules> known = known();
        SettingsRules rules = known.get(recipe);
        if (rules == null) {
            String names = String.join(", ", known.keySet());
            throw Problem.field(
                            ErrorCode.UNKNOWN_RECIPE,
                            "recipe",
                            names,
                            "There is no recipe " + shortened(recipe) + "; there are " + names + ".")
                    .exception();
        }
        rules.check(settings);
    }

    private static String shortened(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "..." : name;
    }

    private Map<String, SettingsRules> known() {
        try {
            return recipes.join();
        } catch (CompletionException e) {
            throw Problem.of(
                            ErrorCode.RECIPES_UNAVAILABLE,
                            "The training program does not tell its recipes; the service's log says why.")
                    .exception(e);
        }
    }

    private static Map<String, SettingsRules> read(LearnProgram program) throws IOException, InterruptedException {
        Process process = program.process(List.of("recipes", "--json"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            byte[] answer = process.getInputStream().readNBytes(MOST_BYTES);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the training program did not list its recipes in order");
            }
            Map<String, SettingsRules> recipes = new TreeMap<>();
            for (JsonNode node : new JsonMapper().readTree(answer).path("recipes")) {
                recipes.put(node.path("name").asText(), SettingsRules.of(recipe(node)));
            }
            return recipes;
        } finally {
            process.destroyForcibly();
        }
    }

    private static RecipeInfo recipe(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        node.path("settings")
                .properties()
                .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
        return new RecipeInfo(
                node.path("name").asText(),
                node.path("title").asText(),
                node.path("model").asText(),
                node.path("task").asText(),
                settings,
                node.path("schema").toString());
    }
}
