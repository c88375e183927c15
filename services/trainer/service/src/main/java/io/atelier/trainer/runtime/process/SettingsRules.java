package io.atelier.trainer.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.RecipeInfo;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A recipe's settings as its schema has them. Overrides come as text and are read by the types the schema names. */
final class SettingsRules {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_VALUE = 64;

    private final RecipeInfo recipe;
    private final JsonNode properties;
    private final JsonSchema schema;

    private SettingsRules(RecipeInfo recipe, JsonNode properties, JsonSchema schema) {
        this.recipe = recipe;
        this.properties = properties;
        this.schema = schema;
    }

    static SettingsRules of(RecipeInfo recipe) throws JsonProcessingException {
        JsonNode schema = JSON.readTree(recipe.schema());
        return new SettingsRules(
                recipe,
                schema.path("properties"),
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema));
    }

    RecipeInfo recipe() {
        return recipe;
    }

    /** Throws one problem with everything that is wrong, in the order of the names. */
    void check(Map<String, String> overrides) {
        ObjectNode values = JSON.createObjectNode();
        overrides.forEach((name, text) -> values.set(name, read(properties.path(name), text)));
        Set<ValidationMessage> found = schema.validate(values);
        if (found.isEmpty()) {
            return;
        }
        SequencedMap<String, Problem> wrong = new TreeMap<>();
        for (ValidationMessage message : found) {
            String name = nameOf(message);
            wrong.putIfAbsent(name, problem(name, overrides.getOrDefault(name, "")));
        }
        throw Problem.all(List.copyOf(wrong.values())).exception();
    }

    private static String nameOf(ValidationMessage message) {
        String property = message.getProperty(); // of an additional property
        return property != null ? property : message.getInstanceLocation().getName(0);
    }

    private Problem problem(String name, String value) {
        if (!properties.has(name)) {
            return Problem.field(
                    ErrorCode.UNKNOWN_FIELD,
                    name,
                    limit(name),
                    "The recipe " + recipe.name() + " has no setting " + name + ".");
        }
        String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
        return Problem.field(
                ErrorCode.OUT_OF_RANGE_FIELD,
                name,
                limit(name),
                "The setting " + name + " is " + shown + ", and must be " + limit(name) + ".");
    }

    /** What a setting may be, in words. */
    private String limit(String name) {
        JsonNode rule = properties.path(name);
        if (rule.isMissingNode()) {
            return properties.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
        }
        if (rule.has("enum")) {
            return "one of " + rule.path("enum");
        }
        String range = range(rule);
        if (rule.path("type").asText().equals("array")) {
            return "a list" + lengths(rule) + " of "
                    + rule.path("items").path("type").asText() + "s" + range(rule.path("items"));
        }
        return rule.has("pattern")
                ? "text of the form " + rule.path("pattern").asText()
                : "of type " + rule.path("type").asText() + range;
    }

    private static String range(JsonNode rule) {
        StringBuilder range = new StringBuilder();
        word(rule, "minimum", " from ", range);
        word(rule, "exclusiveMinimum", " above ", range);
        word(rule, "maximum", " to ", range);
        word(rule, "exclusiveMaximum", " below ", range);
        return range.toString();
    }

    private static String lengths(JsonNode rule) {
        StringBuilder lengths = new StringBuilder();
        word(rule, "minItems", " of at least ", lengths);
        word(rule, "maxItems", " and at most ", lengths);
        return lengths.toString();
    }

    private static void word(JsonNode rule, String keyword, String words, StringBuilder out) {
        if (rule.has(keyword)) {
            out.append(words).append(rule.path(keyword).asText());
        }
    }

    /** A text as what its rule wants; one that does not read as that stays text, which the rule then refuses. */
    private static JsonNode read(JsonNode rule, String text) {
        if (rule.path("type").asText().equals("string") || text.isBlank()) {
            return JsonNodeFactory.instance.textNode(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
