package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The picture files of a folder or a .zip, by their relative names with {@code /} between folders. Names are only ever
 * compared and shown: nothing is written, and an archive's names reach no file system.
 */
sealed interface PictureFiles extends AutoCloseable permits FolderFiles, ZipFiles, CaptionedFiles {

    /** What stands for bytes that are no text. */
    char UNDECODED = '\uFFFD';

    /** The names of all .png, .jpg and .jpeg files, sorted. */
    List<String> names();

    byte[] read(String name);

    /** What identifies this data: the archive's digest, or one of the folder's pictures that were read. */
    SortedMap<String, Digest> digests();

    @Override
    void close();

    static PictureFiles open(Path path, ReadLimits limits) {
        try {
            if (Files.isDirectory(path)) {
                FolderFiles folder = new FolderFiles(path, limits);
                Optional<Path> archive = folder.names().isEmpty() ? Zips.onlyOneIn(path) : Optional.empty();
                return archive.isPresent() ? new ZipFiles(archive.get(), limits) : folder;
            }
            if (Files.isRegularFile(path)) {
                return new ZipFiles(path, limits);
            }
        } catch (IOException e) {
            throw Unusable.unreadable(path, e);
        }
        throw Unusable.missing(
                path + " does not exist",
                "a folder or a .zip of PNG or JPEG files, one folder per class",
                "Check the path given by --data.");
    }

    /** Refuses a name that was not decoded: nothing could be read by it. */
    static void requireText(Path root, String name) {
        if (name.indexOf(UNDECODED) >= 0) {
            throw Unusable.notUtf8(
                    root + " has a file whose name is no UTF-8: " + name,
                    "names in UTF-8, read under a UTF-8 locale",
                    "Rename it, or set LC_ALL=C.UTF-8 where names are UTF-8.");
        }
    }

    static boolean isPicture(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
    }

    static ProblemException tooMany(Path path, int limit) {
        return Unusable.tooLarge(
                path + " has too many files", "at most " + limit, "Leave some out or raise the limit.");
    }
}
