package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.util.List;
import java.util.SortedMap;

/**
 * What a recipe trains on and what it is judged by.
 *
 * @param train the pictures to learn from
 * @param heldOut pictures of the same classes that training never sees
 * @param files digests by name of the files read (of a whole tree, where it was a folder); they stand in the model's
 *     manifest
 * @param notes what was kept and left out, a line each, for logs and the model card
 */
public record Corpus(
        LabelledPictures train, LabelledPictures heldOut, SortedMap<String, Digest> files, List<String> notes) {}
