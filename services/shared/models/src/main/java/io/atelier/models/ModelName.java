package io.atelier.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.regex.Pattern;

/**
 * A model's name: lower-case letters, digits and hyphens, 1 to 64 characters, starting with a letter; so it is safe as a
 * folder, a label and a Kafka key.
 *
 * @param value the name
 */
public record ModelName(@JsonValue String value) implements Comparable<ModelName> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    @JsonCreator
    public ModelName {
        if (!FORM.matcher(value).matches()) {
            throw Problem.field(
                            ErrorCode.MALFORMED_MODEL_NAME,
                            "model",
                            FORM.pattern(),
                            "A model's name is 1 to 64 lower-case letters, digits and hyphens, starting with a letter.")
                    .exception();
        }
    }

    /** Whether a text is a model name. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
