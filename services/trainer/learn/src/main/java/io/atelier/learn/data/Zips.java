package io.atelier.learn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Archives that are read in place. */
final class Zips {
    private Zips() {}

    /** Opens one; refuses too many entries, and names that are no text. */
    static ZipFile open(Path path, ReadLimits limits) throws IOException {
        try {
            ZipFile zip = new ZipFile(path.toFile());
            if (zip.size() > limits.entries()) {
                zip.close();
                throw PictureFiles.tooMany(path, limits.entries());
            }
            return zip;
        } catch (ZipException e) {
            if (String.valueOf(e.getMessage()).contains("bad entry name")) {
                throw Unusable.notUtf8(
                        path + " has an entry whose name or comment is no UTF-8",
                        "names in UTF-8",
                        "Pack it again with a tool that writes UTF-8 names.");
            }
            throw e;
        }
    }

    /** The archive in a folder that has just one. */
    static Optional<Path> onlyOneIn(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            List<Path> zips =
                    list.filter(file -> file.toString().endsWith(".zip")).toList();
            return zips.size() == 1 ? Optional.of(zips.getFirst()) : Optional.empty();
        }
    }
}
