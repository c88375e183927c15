package io.atelier.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The server's program, unpacked once. */
final class Unpacked {
    /** What the library writes into a folder once it is unpacked whole. */
    private static final String WHOLE = ".exists";

    private Unpacked() {}

    /** Removes what a process left that ended while it unpacked; the library would stumble over it for ever. */
    static void forgetHalf(Path program) throws IOException {
        if (!Files.isDirectory(program)) {
            return;
        }
        for (Path folder : in(program)) {
            if (Files.isDirectory(folder) && !Files.exists(folder.resolve(WHOLE))) {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
