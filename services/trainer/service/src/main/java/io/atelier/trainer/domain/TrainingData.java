package io.atelier.trainer.domain;

import java.nio.file.Path;

/** The data that trainings may learn from. */
public interface TrainingData {
    /** Before the id of an uploaded archive. */
    String UPLOADED = "artifact:";

    /**
     * Checks that data can be had, without reading it.
     *
     * @param data an absolute path under a data root, or {@code artifact:} and the id of an uploaded archive
     * @throws io.atelier.kernel.ProblemException naming the field {@code data}, which rule it breaks and what to do
     */
    void check(String data);

    /**
     * Opens data as a folder or an archive.
     *
     * @param scratch where it may put a file of its own
     * @throws io.atelier.kernel.ProblemException as {@link #check} does
     */
    Path open(String data, Path scratch);
}
