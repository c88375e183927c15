package io.atelier.learn.data;

/** Training data that cannot be used: what was refused, which rule it broke, and what to do. */
public final class UnusableDataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    UnusableDataException(String what, String rule, String advice) {
        super(what + " (" + rule + "). " + advice);
        this.rule = rule;
    }

    UnusableDataException(String what, String rule, String advice, Throwable cause) {
        super(what + " (" + rule + "). " + advice, cause);
        this.rule = rule;
    }

    static UnusableDataException unreadable(Object file, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new UnusableDataException(
                file + " cannot be read", reason, "Check that it is complete and that this user may read it.", cause);
    }

    /** The limit or rule that was broken. */
    public String rule() {
        return rule;
    }
}
