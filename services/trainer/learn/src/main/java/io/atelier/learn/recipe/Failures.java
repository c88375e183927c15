package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Shortage;
import io.atelier.learn.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** What a user can do about a training that failed, of which the last checkpoint is kept. */
final class Failures {
    private Failures() {}

    /** What to throw instead: a problem with advice, or the failure itself when it is a bug. */
    static RuntimeException explained(Throwable failure, RunFolder run) {
        return switch (failure) {
            case ProblemException known
            when known.problem().code() == ErrorCode.DIVERGED ->
                Problem.of(ErrorCode.DIVERGED, known.problem().message() + kept(run))
                        .exception(known);
            case ProblemException known -> known;
            case OutOfMemoryError full -> outOfMemory(full, run);
            case RuntimeException other when Shortage.DISK.caused(other) -> diskFull(other, run);
            case RuntimeException other when Shortage.MEMORY.caused(other) -> outOfMemory(other, run);
            case RuntimeException bug -> bug;
            default -> new IllegalStateException(failure);
        };
    }

    private static ProblemException diskFull(Throwable cause, RunFolder run) {
        return Problem.field(
                        ErrorCode.DISK_FULL,
                        "out",
                        "room for the run's files",
                        "The disk of " + run.file("") + " has no room for the training's files"
                                + free(run)
                                        .map(mb -> " (" + mb + " MB are free)")
                                        .orElse("")
                                + ". Make room and resume, or train in another folder." + kept(run))
                .exception(cause);
    }

    private static Optional<Long> free(RunFolder run) {
        try {
            return Optional.of(Files.getFileStore(run.file("")).getUsableSpace() >> 20);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ProblemException outOfMemory(Throwable cause, RunFolder run) {
        return Problem.of(
                        ErrorCode.OUT_OF_MEMORY,
                        "The training needs more memory than it may have (" + firstLine(cause)
                                + "). Lower schedule.batch or the widths under architecture, take less data, or give it"
                                + " more memory." + kept(run))
                .exception(cause);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static String kept(RunFolder run) {
        return run.checkpoints().newestStep().stream()
                .mapToObj(step -> " The checkpoint of step " + step + " is kept.")
                .findFirst()
                .orElse(" There is no checkpoint yet.");
    }
}
