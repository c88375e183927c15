package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.learn.data.LabelledPictures;
import java.util.List;

/**
 * Whether the stages of a network fit the pictures it is for.
 *
 * @param side height and width of the pictures
 */
record Sides(int side) {
    /** The pictures' side; throws a problem when they are not square. */
    static Sides of(LabelledPictures pictures) {
        if (pictures.height() != pictures.width()) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "data",
                            "square pictures",
                            "The data's pictures are " + pictures.width() + " by " + pictures.height()
                                    + " pixels; this recipe learns from square ones.")
                    .exception();
        }
        return new Sides(pictures.height());
    }

    /** Channels of stages of which each doubles a side until it is the pictures'. */
    List<Integer> doubling(Settings settings, String name) {
        List<Integer> channels = settings.wholes(name);
        int least = 1 << channels.size();
        if (side % least != 0) {
            throw unfit(
                    name,
                    channels,
                    "doubles a side and the pictures' side of " + side + " is no multiple of " + least,
                    Integer.numberOfTrailingZeros(side));
        }
        return channels;
    }

    /** Channels of stages of which each halves the side, rounding down. */
    List<Integer> halving(Settings settings, String name) {
        List<Integer> channels = settings.wholes(name);
        if (side >> channels.size() < 1) {
            int most = 31 - Integer.numberOfLeadingZeros(side);
            throw unfit(
                    name,
                    channels,
                    "halves a side and nothing would be left of the pictures' " + side + " pixels",
                    most);
        }
        return channels;
    }

    private static RuntimeException unfit(String name, List<Integer> channels, String why, int most) {
        return Settings.refused(
                name,
                "1.." + most + " stages",
                "is " + channels + ", but each of its " + channels.size() + " stages " + why + "; give it at most "
                        + most);
    }
}
