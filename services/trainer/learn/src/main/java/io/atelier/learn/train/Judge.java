package io.atelier.learn.train;

import io.atelier.learn.data.LabelledPictures;

/** A trained classifier, whichever runtime it runs on. */
@FunctionalInterface
public interface Judge {
    Judgement judge(LabelledPictures pictures);
}
