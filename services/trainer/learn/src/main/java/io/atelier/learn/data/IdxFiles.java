package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/** The IDX files of a folder or a .zip, each plain or {@code .gz}, by their names without {@code .gz}. */
sealed interface IdxFiles extends AutoCloseable permits IdxFolder, IdxArchive {

    /**
     * A file that is being read.
     *
     * @param shown how messages call it
     * @param bytes as they lie there
     * @param packed whether they are gzip
     * @param compressed how many bytes the archive holds of them; none has to be there for a file that is plain
     */
    record Opened(String shown, InputStream bytes, boolean packed, Optional<LongSupplier> compressed) {}

    /** Opens a file; nothing when it is not there. */
    Optional<Opened> open(String name) throws IOException;

    /** How messages call a file that is there. */
    String shown(String name);

    /** What identifies the data: the archive's digest, or those of the files. */
    SortedMap<String, Digest> digests(Iterable<String> names);

    @Override
    void close();

    /** A folder's files, or those of its only .zip when it has none of this name. */
    static IdxFiles in(Path path, String first, ReadLimits limits) {
        try {
            if (Files.isRegularFile(path)) {
                return IdxArchive.open(path, limits);
            }
            IdxFolder folder = new IdxFolder(path);
            Optional<Path> archive =
                    folder.has(first) || !Files.isDirectory(path) ? Optional.empty() : Zips.onlyOneIn(path);
            return archive.isPresent() ? IdxArchive.open(archive.get(), limits) : folder;
        } catch (IOException e) {
            throw Unusable.unreadable(path, e);
        }
    }
}
