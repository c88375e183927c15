package io.atelier.learn.optim;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/**
 * Which optimiser, and its constants.
 *
 * @param kind which
 * @param beta1 Adam's first decay rate, or momentum
 * @param beta2 Adam's second decay rate
 * @param epsilon Adam's guard against division by zero
 * @param weightDecay AdamW's decoupled decay, or the L2 penalty of the others
 */
public record OptimiserOptions(Kind kind, double beta1, double beta2, double epsilon, double weightDecay) {

    /** The optimisers there are. */
    public enum Kind {
        GRADIENT_DESCENT("gradient-descent"),
        MOMENTUM("momentum"),
        ADAM("adam"),
        ADAMW("adamw");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The kind of this name; throws a problem that lists the names. */
        public static Kind byId(String id) {
            for (Kind kind : values()) {
                if (kind.id.equals(id)) {
                    return kind;
                }
            }
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "optimiser",
                            "gradient-descent, momentum, adam or adamw",
                            "There is no optimiser " + id + ".")
                    .exception();
        }
    }

    public static OptimiserOptions adam(double beta1, double beta2) {
        return new OptimiserOptions(Kind.ADAM, beta1, beta2, 1e-8, 0);
    }

    public static OptimiserOptions adamW(double weightDecay) {
        return new OptimiserOptions(Kind.ADAMW, 0.9, 0.999, 1e-8, weightDecay);
    }

    public static OptimiserOptions momentum(double momentum) {
        return new OptimiserOptions(Kind.MOMENTUM, momentum, 0, 0, 0);
    }

    public static OptimiserOptions gradientDescent() {
        return new OptimiserOptions(Kind.GRADIENT_DESCENT, 0, 0, 0, 0);
    }
}
