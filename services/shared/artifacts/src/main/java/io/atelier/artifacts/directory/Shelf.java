package io.atelier.artifacts.directory;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Files by digest in two levels of folders: {@code ab/cd/abcd...}.
 *
 * @param base the folder that holds the first level
 */
record Shelf(Path base) {
    static final int STRIPES = 256;

    Path folder(Digest id) {
        return first(id).resolve(id.hex().substring(2, 4));
    }

    Path first(Digest id) {
        return base.resolve(id.hex().substring(0, 2));
    }

    Path first(int stripe) {
        return base.resolve(HexFormat.of().toHexDigits((byte) stripe));
    }

    Path file(Digest id, String suffix) {
        return folder(id).resolve(id.hex() + suffix);
    }

    /** The number of the first folder, which is also the number of its lock and counter. */
    static int stripe(Digest id) {
        return HexFormat.fromHexDigits(id.hex(), 0, 2);
    }

    /** Everything under one first folder; files that vanish meanwhile are left out. */
    List<Path> list(int stripe) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path second : children(first(stripe))) {
            files.addAll(children(second));
        }
        return files;
    }

    static List<Path> children(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(found::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return found;
    }
}
