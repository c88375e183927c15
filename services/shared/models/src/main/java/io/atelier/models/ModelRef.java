package io.atelier.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.OptionalLong;

/**
 * A request's {@code model} or {@code model@version}.
 *
 * @param name the model's name
 * @param version the version, or empty for the promoted one
 */
public record ModelRef(ModelName name, OptionalLong version) {

    /** Parses a reference; throws a problem with field {@code model} when it has not its form. */
    public static ModelRef parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new ModelRef(new ModelName(text), OptionalLong.empty());
        }
        ModelName name = new ModelName(text.substring(0, at));
        try {
            long version = Long.parseLong(text.substring(at + 1));
            if (version >= 1) {
                return new ModelRef(name, OptionalLong.of(version));
            }
        } catch (NumberFormatException e) {
            // answered below, like a number below 1
        }
        throw Problem.field(
                        ErrorCode.MALFORMED_MODEL_NAME, "model", "name@version", "A version is a whole number from 1.")
                .exception();
    }

    @Override
    public String toString() {
        return version.isPresent() ? name + "@" + version.getAsLong() : name.toString();
    }
}
