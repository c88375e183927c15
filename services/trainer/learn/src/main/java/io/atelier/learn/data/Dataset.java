package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.util.List;
import java.util.SortedMap;

/** What any recipe learns from, as far as a package's manifest and card tell of it. */
public interface Dataset {

    /** What a request for the model can name, in the order of the indices. */
    List<String> labelNames();

    /** Digests by name of the files read (of a whole tree, where it was a folder). */
    SortedMap<String, Digest> files();

    /** What was kept and left out, a line each, for logs and the model card. */
    List<String> notes();
}
