package io.atelier.imports.onnx;

/** Counts one kind of part over a whole file. */
final class Count {
    private final String what;
    private final long most;
    private long sum;

    Count(String what, long most) {
        this.what = what;
        this.most = most;
    }

    void add(long parts) {
        sum += parts;
        if (sum > most) {
            throw Refusal.tooLarge(what, most);
        }
    }
}
