package io.atelier.learn.data;

/**
 * The form all pictures of a set are brought into.
 *
 * @param channels what the channels are
 * @param height in pixels
 * @param width in pixels
 * @param fit what happens to pictures of another size
 */
public record PictureForm(Channels channels, int height, int width, Fit fit) {

    /** What happens to pictures of another size. */
    public enum Fit {
        /** They are left out: pixel art does not survive scaling. */
        EXACT,
        /** The largest centred part of the right proportions is scaled by area averaging. */
        SCALE
    }

    public PictureForm {
        if (height < 1 || width < 1 || height > 4096 || width > 4096) {
            throw Unusable.data(
                    "A picture form of " + width + "x" + height, "1..4096 a side", "Correct the class set.");
        }
    }

    int size() {
        return channels.count() * height * width;
    }
}
