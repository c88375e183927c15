package io.atelier.learn.train;

/** A loss became infinite or no number: going on would only spoil the last checkpoint. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String loss, long step) {
        super("The training diverged: " + loss + " was no finite number at step " + step
                + ". Lower the learning rate (--set schedule.rate=...) and resume or start anew.");
    }
}
