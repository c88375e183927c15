package io.atelier.imports.onnx;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;

/** Refusals of a model, each one sentence. */
public final class Refusal {
    private static final int SHOWN = 60;

    private Refusal() {}

    public static ProblemException notOnnx(String why) {
        return Problem.of(ErrorCode.NOT_ONNX, "The file is no ONNX model that can be read: " + why + ".")
                .exception();
    }

    public static ProblemException tooLarge(String what, long limit) {
        return Problem.field(
                        ErrorCode.IMPORT_TOO_LARGE,
                        "model",
                        Long.toString(limit),
                        "The model has more than " + limit + " " + what + ", the most that an import takes.")
                .exception();
    }

    public static ProblemException broken(String why) {
        return Problem.of(ErrorCode.BROKEN_GRAPH, "The model's graph is broken: " + why + ".")
                .exception();
    }

    public static ProblemException foreign(String why) {
        return Problem.of(ErrorCode.FOREIGN_OPERATOR, "The model cannot be served: " + why + ".")
                .exception();
    }

    public static ProblemException unsafe(String why) {
        return Problem.of(ErrorCode.UNSAFE_DATA, "The model's weights cannot be taken: " + why + ".")
                .exception();
    }

    /** A name from the file as it can be shown on one line. */
    public static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return '"' + (plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...") + '"';
    }
}
