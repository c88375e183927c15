package io.atelier.learn.train;

/**
 * Where a training stands.
 *
 * @param step steps done
 * @param best the best value of the watched metric so far
 * @param bestStep when it was reached
 * @param stale validations since then
 */
public record Position(long step, double best, long bestStep, int stale) {
    static final Position START = new Position(0, Double.NEGATIVE_INFINITY, 0, 0);

    Position next() {
        return new Position(step + 1, best, bestStep, stale);
    }

    Position next(double measured) {
        return measured > best
                ? new Position(step + 1, measured, step + 1, 0)
                : new Position(step + 1, best, bestStep, stale + 1);
    }

    boolean exhausted(int patience) {
        return patience > 0 && stale >= patience;
    }
}
