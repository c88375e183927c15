package io.atelier.oip;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/** Problems with tensors, told alike by every entrance. What a caller wrote is repeated shortened. */
public final class Refusals {
    private static final int SHOWN = 64;

    private Refusals() {}

    /** An input has too many or too few values. */
    public static Problem length(String input, String wanted, String given) {
        return Problem.field(
                ErrorCode.WRONG_LENGTH,
                field(input),
                wanted,
                "The input " + input + " takes " + wanted + " in this shape, not " + given + ".");
    }

    /** An input's values are of another data type. */
    public static Problem datatype(String input, String wanted, String given) {
        return Problem.field(
                ErrorCode.WRONG_DATATYPE,
                field(input),
                wanted,
                "The input " + input + " is " + wanted + ", not " + shown(given) + ".");
    }

    /** A request asks for what no graph here does. */
    public static Problem unsupported(String parameter, String why) {
        return Problem.field(ErrorCode.UNSUPPORTED_PARAMETER, parameter, "left out", why);
    }

    static String field(String input) {
        return "inputs." + input;
    }

    /** A text of the caller's, shortened. */
    public static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
