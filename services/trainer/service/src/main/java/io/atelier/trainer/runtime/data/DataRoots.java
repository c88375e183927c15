package io.atelier.trainer.runtime.data;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.TrainingData;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Folders and archives below configured folders. Links are followed first, so that none leads out. */
public final class DataRoots implements TrainingData {
    private final List<Path> roots;

    /** @param roots the folders whose contents may be learned from; a root that is not there holds nothing */
    public DataRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    @Override
    public void check(String data) {
        resolve(data);
    }

    @Override
    public String open(String data, Handover handover) {
        return resolve(data).toString();
    }

    private Path resolve(String data) {
        Path named = path(data);
        if (!named.isAbsolute()) {
            throw refused(data, "is no absolute path");
        }
        boolean inside = roots.stream().anyMatch(root -> named.normalize().startsWith(root.normalize()));
        try {
            Path real = named.toRealPath();
            if (roots.stream().noneMatch(root -> real.startsWith(realRoot(root)))) {
                throw outside(data);
            }
            return real;
        } catch (IOException e) {
            // whether a file is there is told only about places that may be asked for
            throw inside ? refused(data, "is not there") : outside(data);
        }
    }

    private static Path path(String data) {
        try {
            return Path.of(data);
        } catch (InvalidPathException e) {
            throw refused(data, "is no path");
        }
    }

    private static Path realRoot(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root.toAbsolutePath().normalize();
        }
    }

    private RuntimeException outside(String data) {
        String allowed = roots.stream().map(Path::toString).collect(Collectors.joining(", "));
        return Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD,
                        "data",
                        allowed,
                        "The data " + data + " is outside the data roots (" + allowed
                                + "). Move it there, or add a root: up --data-root DIR, or atelier.trainer.data-roots.")
                .exception();
    }

    private static RuntimeException refused(String data, String why) {
        return Problem.field(
                        ErrorCode.DATA_MISSING,
                        "data",
                        "an existing folder or archive",
                        "The data " + data + " " + why + "; name an existing folder or archive by its absolute path.")
                .exception();
    }
}
