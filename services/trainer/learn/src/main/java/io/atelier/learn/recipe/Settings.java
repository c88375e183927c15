package io.atelier.learn.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A recipe's settings by dotted name, each of the type its YAML file gives it. Immutable. */
public final class Settings {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final SequencedMap<String, JsonNode> values;

    private Settings(SequencedMap<String, JsonNode> values) {
        this.values = values;
    }

    /** Reads a recipe's YAML; maps become dotted names. */
    static Settings read(InputStream yaml) throws IOException {
        SequencedMap<String, JsonNode> values = new LinkedHashMap<>();
        flatten("", YAML.readTree(yaml), values);
        return new Settings(values);
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

    /** These settings with some replaced, given as text; throws a problem for an unknown name or a text of another type. */
    public Settings with(Map<String, String> overrides) {
        SequencedMap<String, JsonNode> changed = new LinkedHashMap<>(values);
        overrides.forEach((name, text) -> changed.put(name, parse(name, text)));
        return new Settings(changed);
    }

    private JsonNode parse(String name, String text) {
        JsonNode current = values.get(name);
        if (current == null) {
            throw Problem.field(
                            ErrorCode.UNKNOWN_FIELD,
                            name,
                            String.join(", ", values.keySet()),
                            "The recipe has no setting " + name + ". It has: " + String.join(", ", values.keySet())
                                    + ".")
                    .exception();
        }
        try {
            JsonNode parsed = YAML.readTree(text);
            if (current.isTextual()) {
                return YAML.getNodeFactory().textNode(text);
            }
            boolean fits = current.isIntegralNumber() && parsed.isIntegralNumber() && parsed.canConvertToLong()
                    || current.isFloatingPointNumber() && parsed.isNumber()
                    || current.isBoolean() && parsed.isBoolean()
                    || current.isArray() && parsed.isArray();
            if (fits) {
                return parsed;
            }
        } catch (IOException e) {
            // answered below, like a value of another type
        }
        throw wrongType(name, text, current);
    }

    private static ProblemException wrongType(String name, String text, JsonNode current) {
        String type = current.isIntegralNumber()
                ? "a whole number"
                : current.isFloatingPointNumber() ? "a number" : current.isBoolean() ? "true or false" : "a list";
        return Problem.field(
                        ErrorCode.WRONG_TYPE,
                        name,
                        type,
                        "The setting " + name + " is " + type + " such as " + current + ", not \"" + text + "\".")
                .exception();
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

    /** A text that must be one of these; throws a problem otherwise. */
    public String text(String name, List<String> allowed) {
        String value = text(name);
        if (!allowed.contains(value)) {
            String names = String.join(", ", allowed);
            throw outside(name, names, "one of " + names);
        }
        return value;
    }

    public long whole(String name) {
        return get(name).longValue();
    }

    /** A whole number that must lie within bounds; throws a problem otherwise. */
    public int whole(String name, int least, int most) {
        long value = whole(name);
        if (value < least || value > most) {
            throw outside(name, least + ".." + most, "between " + least + " and " + most);
        }
        return (int) value;
    }

    /** A number that must lie within bounds; throws a problem otherwise. */
    public double number(String name, double least, double most) {
        double value = get(name).doubleValue();
        if (!(value >= least && value <= most)) { // neither is NaN
            String from = plain(least);
            String to = plain(most);
            throw outside(name, from + ".." + to, "between " + from + " and " + to);
        }
        return value;
    }

    private static String plain(double bound) {
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }

    public boolean flag(String name) {
        return get(name).booleanValue();
    }

    /** A list of so many whole numbers that must lie within bounds; throws a problem otherwise. */
    public List<Integer> wholes(String name, int longest, int least, int most) {
        JsonNode list = get(name);
        boolean fits = !list.isEmpty() && list.size() <= longest;
        for (JsonNode value : list) {
            fits &= value.canConvertToInt()
                    && value.isIntegralNumber()
                    && value.intValue() >= least
                    && value.intValue() <= most;
        }
        if (!fits) {
            throw outside(
                    name,
                    "1.." + longest + " numbers of " + least + ".." + most,
                    "a list of 1 to " + longest + " whole numbers between " + least + " and " + most);
        }
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::intValue)
                .toList();
    }

    private ProblemException outside(String name, String limit, String rule) {
        return refused(name, limit, "must be " + rule + ", not " + texts().get(name));
    }

    /** A problem with a setting that says what is wrong with it and, as its limit, what would be right. */
    static ProblemException refused(String name, String limit, String what) {
        return Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, name, limit, "The setting " + name + " " + what + ".")
                .exception();
    }

    /** The settings below a prefix such as {@code gate.}, as numbers, without the prefix. */
    Map<String, Double> numbersBelow(String prefix) {
        Map<String, Double> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
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
}
