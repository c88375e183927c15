package io.atelier.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;

/** The names of a package's files: plain names without folders, which no file system reads as anything else. */
final class PackageFiles {
    static final String MANIFEST = "model.json";
    static final String CARD = "README.md";
    static final int MOST = 256;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private PackageFiles() {}

    static boolean isName(String name) {
        return FORM.matcher(name).matches() && !name.equals(MANIFEST);
    }

    /** Refuses a draft's file names. */
    static void check(Collection<String> names) {
        if (names.isEmpty() || names.size() > MOST) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "files",
                            "1.." + MOST,
                            "A model package has 1 to " + MOST + " files, not " + names.size() + ".")
                    .exception();
        }
        for (String name : names) {
            if (!isName(name)) {
                throw Problem.field(
                                ErrorCode.MALFORMED_ID,
                                "files",
                                FORM.pattern(),
                                "A file of a model package has a plain name of letters, digits, dots, underscores and"
                                        + " hyphens, and is not model.json.")
                        .exception();
            }
        }
    }

    /** Refuses a draft's file that is no plain file of its own. */
    static void requirePlain(String name, Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.field(
                            ErrorCode.MISSING_FIELD,
                            "files",
                            "a regular file",
                            name + " is missing, or a link or folder; a package takes plain files.")
                    .exception();
        }
    }
}
