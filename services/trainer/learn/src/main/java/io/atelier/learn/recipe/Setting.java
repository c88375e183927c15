package io.atelier.learn.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.Optional;

/**
 * A setting as it is declared: its value in a recipe's file is the default.
 *
 * @param name the dotted name
 * @param kind its type and bounds
 * @param about what it does, in a line
 */
record Setting(String name, Kind kind, String about) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** The value a text stands for; call {@link #problem} first. */
    JsonNode parse(String text) {
        return isText() ? TextNode.valueOf(text) : tree(text).orElseThrow();
    }

    /** Why a text is no value of this setting; empty when it is one. */
    Optional<Problem> problem(String text, JsonNode current) {
        Optional<JsonNode> value = isText() ? Optional.of(TextNode.valueOf(text)) : tree(text);
        if (value.filter(kind::isOfType).isEmpty()) {
            return Optional.of(Problem.field(
                    ErrorCode.WRONG_TYPE,
                    name,
                    kind.type(),
                    "The setting " + name + " is " + kind.type() + " such as " + current + ", not \"" + text + "\"."));
        }
        if (!kind.allows(value.get())) {
            return Optional.of(Problem.field(
                    ErrorCode.OUT_OF_RANGE_FIELD,
                    name,
                    kind.limit(),
                    "The setting " + name + " must be " + kind.rule() + ", not " + shown(value.get()) + "."));
        }
        return Optional.empty();
    }

    private boolean isText() {
        return kind instanceof Kind.Choice || kind instanceof Kind.Text;
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** YAML, which JSON is part of, so that a shell's user need not quote what is in a list. */
    private static Optional<JsonNode> tree(String text) {
        try {
            return Optional.ofNullable(YAML.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
