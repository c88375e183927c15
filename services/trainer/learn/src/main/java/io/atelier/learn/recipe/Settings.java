package io.atelier.learn.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A recipe's settings by dotted name, each as it is declared. Immutable. */
public final class Settings {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final SequencedMap<String, JsonNode> values;
    private final Function<String, Setting> declared;

    private Settings(SequencedMap<String, JsonNode> values, Function<String, Setting> declared) {
        this.values = values;
        this.declared = declared;
    }

    /** Reads a recipe's YAML; maps become dotted names. */
    static Settings read(InputStream yaml, Function<String, Setting> declared) throws IOException {
        SequencedMap<String, JsonNode> values = new LinkedHashMap<>();
        flatten("", YAML.readTree(yaml), values);
        return new Settings(values, declared);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, JsonNode> into) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix + field.getKey();
            if (field.getValue().isObject()) {
                flatten(name + ".", field.getValue(), into);
            } else {
                into.put(name, field.getValue());
            }
        }
    }

    /**
     * These settings with some replaced, given as text; throws one problem with all unknown names, texts of another type
     * and values out of bounds.
     */
    public Settings with(Map<String, String> overrides) {
        SequencedMap<String, JsonNode> changed = new LinkedHashMap<>(values);
        List<Problem> problems = new ArrayList<>();
        new TreeMap<>(overrides).forEach((name, text) -> {
            JsonNode current = values.get(name);
            if (current == null) {
                problems.add(Declarations.unknown(name, values.keySet()));
                return;
            }
            Setting setting = declared.apply(name);
            setting.problem(text, current).ifPresentOrElse(problems::add, () -> changed.put(name, setting.parse(text)));
        });
        if (!problems.isEmpty()) {
            throw Problem.all(problems).exception();
        }
        return new Settings(changed, declared);
    }

    private JsonNode get(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the recipe's file lacks " + name);
        }
        return value;
    }

    public String text(String name) {
        return get(name).asText();
    }

    public int whole(String name) {
        return get(name).intValue();
    }

    /** A whole number of which only the data tells what it may be at most; throws a problem when it is more. */
    public int atMost(String name, int most) {
        int value = whole(name);
        if (value > most) {
            throw refused(name, "0.." + most, "must be between 0 and " + most + ", not " + value);
        }
        return value;
    }

    public double number(String name) {
        return get(name).doubleValue();
    }

    public boolean flag(String name) {
        return get(name).booleanValue();
    }

    public List<Integer> wholes(String name) {
        return StreamSupport.stream(get(name).spliterator(), false)
                .map(JsonNode::intValue)
                .toList();
    }

    /** A problem with a setting that says what is wrong with it and, as its limit, what would be right. */
    static ProblemException refused(String name, String limit, String what) {
        return Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, name, limit, "The setting " + name + " " + what + ".")
                .exception();
    }

    /** The numbers below a prefix such as {@code gate.}, without the prefix. */
    Map<String, Double> numbersBelow(String prefix) {
        Map<String, Double> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix) && value.isNumber()) {
                found.put(name.substring(prefix.length()), value.doubleValue());
            }
        });
        return found;
    }

    /** All settings as text, in the file's order. */
    public SequencedMap<String, String> texts() {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, value.isTextual() ? value.textValue() : value.toString()));
        return texts;
    }

    /** What a setting means and must be, in a line. */
    public String about(String name) {
        Setting setting = declared.apply(name);
        return setting.about() + " Must be " + setting.kind().rule() + ".";
    }

    /**
     * A JSON schema, draft 2020-12, of an object of these settings, a property for each dotted name, with these values as
     * defaults.
     */
    public ObjectNode schema() {
        ObjectNode schema = YAML.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put(
                        "$comment",
                        "Overrides are texts: of a string property the string itself, of any other the JSON of its value.")
                .put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        values.forEach((name, value) -> {
            Setting setting = declared.apply(name);
            ObjectNode property = properties.putObject(name).put("description", setting.about());
            setting.kind().describe(property);
            property.set("default", value);
        });
        schema.put("additionalProperties", false);
        return schema;
    }
}
