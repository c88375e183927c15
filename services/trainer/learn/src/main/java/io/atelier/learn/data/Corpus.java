package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.util.List;
import java.util.SortedMap;

/**
 * What a recipe trains on and what it is judged by.
 *
 * @param train the pictures to learn from
 * @param heldOut pictures of the same classes that training never sees
 */
public record Corpus(
        LabelledPictures train, LabelledPictures heldOut, SortedMap<String, Digest> files, List<String> notes)
        implements Dataset {

    @Override
    public List<String> labelNames() {
        return train.labelNames();
    }
}
