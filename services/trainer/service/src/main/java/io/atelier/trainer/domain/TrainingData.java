package io.atelier.trainer.domain;

import java.io.IOException;
import java.io.InputStream;

/** The data that trainings may learn from. */
public interface TrainingData {
    /** Before the id of an uploaded archive. */
    String UPLOADED = "artifact:";

    /**
     * Checks that data can be had, without reading it.
     *
     * @param data an absolute path or an {@code s3://} address under a data root, or {@code artifact:} and the id of an
     *     uploaded archive
     * @throws io.atelier.kernel.ProblemException naming the field {@code data}, which rule it breaks and what to do;
     *     UNAVAILABLE while its store is out of reach
     */
    void check(String data);

    /**
     * Opens data as a folder or an archive; answers its path or address for the training program.
     *
     * @param handover takes what the program could not find by itself
     * @throws io.atelier.kernel.ProblemException as {@link #check} does
     */
    String open(String data, Handover handover);

    /** Takes a file to a training that has not begun. */
    @FunctionalInterface
    interface Handover {
        /** Answers the file's path or address for the training program. */
        String take(String name, InputStream bytes) throws IOException;
    }
}
