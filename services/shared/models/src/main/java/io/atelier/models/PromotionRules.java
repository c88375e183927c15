package io.atelier.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;

/** How a promotion changes, wherever it is kept. Each rule returns what it was given when nothing is to change. */
final class PromotionRules {
    /** What a model without current.json has. */
    static final Promotion NONE = new Promotion(0, false, 0, 0);

    private PromotionRules() {}

    /**
     * A version was published. A slower publisher of an older version must not take the promotion from a newer one; a
     * version that was adopted and rolled back meanwhile stays rolled back.
     */
    static Promotion published(Promotion now, long version) {
        boolean stays = now.pinned() || now.version() >= version || now.previous() == version;
        return stays ? now : to(now, version);
    }

    /** A version was found that somebody published before: promoted only when none is, which is what a publisher that died leaves. */
    static Promotion found(Promotion now, long version) {
        return now.version() > 0 ? now : published(now, version);
    }

    static Promotion promoted(ModelName name, Promotion now, long version) {
        if (now.version() == version) {
            return now;
        }
        if (now.pinned()) {
            throw Problem.field(
                            ErrorCode.PINNED,
                            "version",
                            "version " + now.version(),
                            name + " is pinned to version " + now.version() + "; unpin it first.")
                    .exception();
        }
        return to(now, version);
    }

    static Promotion pinned(Promotion now, long version) {
        long previous = now.version() == version ? now.previous() : now.version();
        return new Promotion(version, true, previous, now.revision());
    }

    static Promotion unpinned(Promotion now) {
        return new Promotion(now.version(), false, now.previous(), now.revision());
    }

    /** What is written in the place of one promotion for another. */
    static Promotion counted(Promotion before, Promotion after) {
        return new Promotion(after.version(), after.pinned(), after.previous(), before.revision() + 1);
    }

    private static Promotion to(Promotion now, long version) {
        return new Promotion(version, false, now.version(), now.revision());
    }
}
