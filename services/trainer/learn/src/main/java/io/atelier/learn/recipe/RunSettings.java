package io.atelier.learn.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.learn.train.RunFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A run's settings and seed: those it was begun with when it is resumed, else the request's. */
record RunSettings(Settings settings, long seed) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "settings.json";
    private static final long DEFAULT_SEED = 1;

    static RunSettings of(Recipe<?> recipe, RecipeRun.Request request, RunFolder run) {
        Settings wanted = recipe.defaults().with(request.overrides());
        Optional<String> stored = run.read(FILE);
        if (stored.isEmpty()) {
            return new RunSettings(wanted, request.seed().orElse(DEFAULT_SEED));
        }
        if (!request.resume()) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            "out",
                            "an empty folder, or --resume",
                            request.out()
                                    + " holds a run already. Add --resume to go on with it, or choose another --out.")
                    .exception();
        }
        return resumed(recipe, request, stored.get());
    }

    /** Makes them the run's own; done once they are known to be usable, so that a refused run leaves its folder free. */
    void keep(Recipe<?> recipe, RunFolder run) {
        if (run.begun()) {
            return;
        }
        ObjectNode node = JSON.createObjectNode().put("recipe", recipe.name()).put("seed", seed);
        ObjectNode texts = node.putObject("settings");
        settings.texts().forEach(texts::put);
        run.write(FILE, node.toPrettyString());
    }

    private static RunSettings resumed(Recipe<?> recipe, RecipeRun.Request request, String json) {
        JsonNode stored = parse(json);
        if (!stored.path("recipe").asText().equals(recipe.name())) {
            throw conflict(request, "recipe", stored.path("recipe").asText());
        }
        long seed = stored.path("seed").asLong();
        if (request.seed().isPresent() && request.seed().get() != seed) {
            throw conflict(request, "seed", Long.toString(seed));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        stored.path("settings")
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        request.overrides().forEach((name, text) -> {
            if (!text.equals(texts.get(name))) {
                throw conflict(request, name, String.valueOf(texts.get(name)));
            }
        });
        return new RunSettings(recipe.defaults().with(texts), seed);
    }

    private static RuntimeException conflict(RecipeRun.Request request, String name, String stored) {
        return Problem.field(
                        ErrorCode.CONFLICTING_FIELDS,
                        name,
                        stored,
                        "The run in " + request.out() + " was begun with " + name + " = " + stored
                                + " and keeps it; leave it out, or begin another run.")
                .exception();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(FILE + " of the run folder is damaged", e);
        }
    }
}
