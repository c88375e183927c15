package io.atelier.learn.recipe;

import io.atelier.learn.data.LabelledPictures;

/** Makes a picture for each label; the seed decides everything else. */
@FunctionalInterface
interface Maker {
    LabelledPictures make(int[] labels, long seed);
}
