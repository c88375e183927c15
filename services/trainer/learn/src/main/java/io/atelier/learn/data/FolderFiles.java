package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Pictures in a folder tree. Links are not followed: a tree ends where its folders end. */
final class FolderFiles implements PictureFiles {
    private final Path root;
    private final ReadLimits limits;
    private final List<String> names;
    private final SortedMap<String, Digest> digests = new TreeMap<>();
    private long bytesRead;

    FolderFiles(Path root, ReadLimits limits) throws IOException {
        this.root = root;
        this.limits = limits;
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> files = tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(limits.entries() + 1L)
                    .toList();
            if (files.size() > limits.entries()) {
                throw PictureFiles.tooMany(root, limits.entries());
            }
            names = files.stream()
                    .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(PictureFiles::isPicture)
                    .sorted()
                    .toList();
        }
        names.forEach(name -> PictureFiles.requireText(root, name));
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public byte[] read(String name) {
        Path file = root.resolve(name);
        long allowed = Math.min(limits.entryBytes(), limits.totalBytes() - bytesRead);
        try (InputStream in =
                new BoundedInput(Files.newInputStream(file), file.toString(), allowed, Integer.MAX_VALUE, () -> 1)) {
            byte[] bytes = in.readAllBytes();
            bytesRead += bytes.length;
            digests.put(name, Digest.of(bytes));
            return bytes;
        } catch (IOException e) {
            throw Unusable.unreadable(file, e);
        }
    }

    /** One digest for the tree: of its files' names and digests, a line each. Thousands of entries suit no manifest. */
    @Override
    public SortedMap<String, Digest> digests() {
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (name, digest) -> lines.append(digest).append("  ").append(name).append('\n'));
        SortedMap<String, Digest> tree = new TreeMap<>();
        tree.put(
                root.toAbsolutePath().normalize().getFileName() + "/",
                Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
        return tree;
    }

    @Override
    public void close() {}
}
