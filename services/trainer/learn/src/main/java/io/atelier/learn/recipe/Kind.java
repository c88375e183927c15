package io.atelier.learn.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What values a setting takes. Overrides arrive as text everywhere, on the command line and in requests: a setting whose
 * type in the schema is {@code string} takes the text as it is, every other one takes the JSON value that the text spells
 * ({@code 0.5}, {@code true}, {@code [32, 64]}).
 */
sealed interface Kind {

    /** Its name in an error. */
    String type();

    boolean isOfType(JsonNode value);

    /** Whether a value of the type is allowed. */
    boolean allows(JsonNode value);

    /** The bounds or choices, short. */
    String limit();

    /** What a value must be. */
    String rule();

    /** Adds the type and bounds to a property of a JSON schema. */
    void describe(ObjectNode property);

    /** A whole number within bounds. */
    record Whole(int least, int most) implements Kind {
        @Override
        public String type() {
            return "a whole number";
        }

        @Override
        public boolean isOfType(JsonNode value) {
            return value.isIntegralNumber() && value.canConvertToLong();
        }

        @Override
        public boolean allows(JsonNode value) {
            return value.longValue() >= least && value.longValue() <= most;
        }

        @Override
        public String limit() {
            return least + ".." + most;
        }

        @Override
        public String rule() {
            return "between " + least + " and " + most;
        }

        @Override
        public void describe(ObjectNode property) {
            property.put("type", "integer").put("minimum", least).put("maximum", most);
        }
    }

    /** A number within bounds. */
    record Real(double least, double most) implements Kind {
        @Override
        public String type() {
            return "a number";
        }

        @Override
        public boolean isOfType(JsonNode value) {
            return value.isNumber();
        }

        @Override
        public boolean allows(JsonNode value) {
            return value.doubleValue() >= least && value.doubleValue() <= most;
        }

        @Override
        public String limit() {
            return plain(least) + ".." + plain(most);
        }

        @Override
        public String rule() {
            return "between " + plain(least) + " and " + plain(most);
        }

        @Override
        public void describe(ObjectNode property) {
            property.put("type", "number")
                    .put("minimum", new BigDecimal(plain(least)))
                    .put("maximum", new BigDecimal(plain(most)));
        }

        private static String plain(double bound) {
            return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
        }
    }

    /** True or false. */
    record Flag() implements Kind {
        @Override
        public String type() {
            return "true or false";
        }

        @Override
        public boolean isOfType(JsonNode value) {
            return value.isBoolean();
        }

        @Override
        public boolean allows(JsonNode value) {
            return true;
        }

        @Override
        public String limit() {
            return "true, false";
        }

        @Override
        public String rule() {
            return "true or false";
        }

        @Override
        public void describe(ObjectNode property) {
            property.put("type", "boolean");
        }
    }

    /** One of these texts. */
    record Choice(List<String> of) implements Kind {
        @Override
        public String type() {
            return "a text";
        }

        @Override
        public boolean isOfType(JsonNode value) {
            return value.isTextual();
        }

        @Override
        public boolean allows(JsonNode value) {
            return of.contains(value.textValue());
        }

        @Override
        public String limit() {
            return String.join(", ", of);
        }

        @Override
        public String rule() {
            return of.size() == 1 ? of.getFirst() : "one of " + limit();
        }

        @Override
        public void describe(ObjectNode property) {
            property.put("type", "string");
            of.forEach(property.putArray("enum")::add);
        }
    }

    /**
     * A text of a form.
     *
     * @param form what the whole of it matches
     * @param rule the form in words
     */
    record Text(Pattern form, String rule) implements Kind {
        @Override
        public String type() {
            return "a text";
        }

        @Override
        public boolean isOfType(JsonNode value) {
            return value.isTextual();
        }

        @Override
        public boolean allows(JsonNode value) {
            return form.matcher(value.textValue()).matches();
        }

        @Override
        public String limit() {
            return form.pattern();
        }

        @Override
        public void describe(ObjectNode property) {
            property.put("type", "string").put("pattern", "^(?:" + form.pattern() + ")$");
        }
    }

    /** A list of 1 to so many whole numbers within bounds. */
    record Wholes(int longest, int least, int most) implements Kind {
        @Override
        public String type() {
            return "a list";
        }

        @Override
        public boolean isOfType(JsonNode value) {
            return value.isArray();
        }

        @Override
        public boolean allows(JsonNode list) {
            boolean fits = !list.isEmpty() && list.size() <= longest;
            for (JsonNode value : list) {
                fits &= value.canConvertToInt()
                        && value.isIntegralNumber()
                        && value.intValue() >= least
                        && value.intValue() <= most;
            }
            return fits;
        }

        @Override
        public String limit() {
            return "1.." + longest + " numbers of " + least + ".." + most;
        }

        @Override
        public String rule() {
            return "a list of 1 to " + longest + " whole numbers between " + least + " and " + most;
        }

        @Override
        public void describe(ObjectNode property) {
            property.put("type", "array").put("minItems", 1).put("maxItems", longest);
            property.putObject("items")
                    .put("type", "integer")
                    .put("minimum", least)
                    .put("maximum", most);
        }
    }
}
