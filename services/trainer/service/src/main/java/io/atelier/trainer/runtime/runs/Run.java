package io.atelier.trainer.runtime.runs;

import io.atelier.trainer.domain.RunFile;
import io.atelier.trainer.domain.TrainingData;
import java.nio.file.Path;
import java.util.List;

/** What an attempt has done so far, where its training program can write it and this service can read it. */
public interface Run extends TrainingData.Handover {

    /** Its folder on the machine that trains. */
    Path folder();

    /** What the program is told so that it keeps the run elsewhere too. */
    List<String> arguments();

    /** A file or folder by the path that the program has told of it. */
    RunFile file(Path told);

    /**
     * A folder on this machine with the curve that the run has kept, and its samples after a step.
     *
     * @throws io.atelier.kernel.ProblemException UNAVAILABLE while its store is out of reach
     */
    Path curve(long after);

    /** Where in its folder it publishes its model to: a repository with nothing else in it. */
    default Path made() {
        return folder().resolve("made");
    }
}
