package io.atelier.trainer.domain;

import java.nio.file.Path;

/** A file or folder of a training's run, which may lie on another machine. */
@FunctionalInterface
public interface RunFile {

    /**
     * Brings it to this machine, where it is not here, and answers where it lies. What the run does not have is not there.
     *
     * @throws io.atelier.kernel.ProblemException UNAVAILABLE while its store is out of reach
     */
    Path open();

    /** One on this machine. */
    static RunFile at(Path path) {
        return new Here(path);
    }

    /** A path on this machine. */
    record Here(Path path) implements RunFile {
        @Override
        public Path open() {
            return path;
        }
    }
}
