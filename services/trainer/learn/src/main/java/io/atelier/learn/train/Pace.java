package io.atelier.learn.train;

/** How fast a training goes. The latest steps count most; the first, which also warms up, only until there are others. */
final class Pace {
    private static final int WINDOW = 50;

    private long startedAt;
    private long startStep;
    private long lastAt;
    private long lastStep;
    private double secondsPerStep;

    void start(long step) {
        startedAt = System.nanoTime();
        startStep = step;
        lastAt = startedAt;
        lastStep = step;
        secondsPerStep = 0;
    }

    void step(long done) {
        long now = System.nanoTime();
        double seconds = (now - lastAt) / 1e9;
        long others = Math.min(WINDOW, done - startStep - 1);
        secondsPerStep = others < 1 ? seconds : secondsPerStep + (seconds - secondsPerStep) / others;
        lastAt = now;
        lastStep = done;
    }

    /** 0 before the first step. */
    double stepsPerSecond() {
        return secondsPerStep > 0 ? 1 / secondsPerStep : 0;
    }

    double secondsTo(long steps) {
        return (steps - lastStep) * secondsPerStep;
    }

    long stepsDone() {
        return lastStep - startStep;
    }

    /** Since the start. */
    double seconds() {
        return (System.nanoTime() - startedAt) / 1e9;
    }
}
