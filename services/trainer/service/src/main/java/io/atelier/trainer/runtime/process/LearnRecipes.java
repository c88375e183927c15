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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The recipes that learn's {@code recipes --json} tells, in a process of its own: asked when they are wanted first, and
 * again after a failure. Who wants to know while it is asked waits.
 */
public final class LearnRecipes implements RecipeBook {
    private static final System.Logger LOG = System.getLogger(LearnRecipes.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 4 << 20;

    private final LearnProgram program;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Map<String, SettingsRules> known = Map.of();

    public LearnRecipes(LearnProgram program) {
        this.program = program;
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
        if (known.isEmpty()) {
            asking.lock();
            try {
                if (known.isEmpty()) {
                    known = read(program);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the training program " + program.jar() + " told no recipes", e);
                throw unavailable(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(e);
            } finally {
                asking.unlock();
            }
        }
        return known;
    }

    private static RuntimeException unavailable(Exception cause) {
        return Problem.of(
                        ErrorCode.RECIPES_UNAVAILABLE,
                        "The training program does not tell its recipes; the service's log says why.")
                .exception(cause);
    }

    private static Map<String, SettingsRules> read(LearnProgram program) throws IOException, InterruptedException {
        Process process = program.brief(List.of("recipes", "--json"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // a killed process ends its answer, so that who reads it does not wait for ever
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(process::destroyForcibly);
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
