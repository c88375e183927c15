package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** IDX files in a .zip, in whichever of its folders, read in place. */
final class IdxArchive implements IdxFiles {
    private final Path path;
    private final ZipFile zip;

    private IdxArchive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    static IdxArchive open(Path path, ReadLimits limits) throws IOException {
        return new IdxArchive(path, Zips.open(path, limits));
    }

    private Optional<ZipEntry> entry(String name) {
        List<? extends ZipEntry> found = zip.stream()
                .filter(entry -> !entry.isDirectory())
                .filter(entry -> {
                    String last = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                    return last.equals(name) || last.equals(name + ".gz");
                })
                .limit(2)
                .toList();
        if (found.size() > 1) {
            throw Unusable.data(
                    path + " has " + found.get(0).getName() + " and "
                            + found.get(1).getName(),
                    "one file of each kind",
                    "Leave one of them out.");
        }
        return found.stream().<ZipEntry>map(entry -> entry).findFirst();
    }

    @Override
    public Optional<Opened> open(String name) throws IOException {
        Optional<ZipEntry> found = entry(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ZipEntry entry = found.get();
        return Optional.of(new Opened(
                shown(entry),
                zip.getInputStream(entry),
                entry.getName().endsWith(".gz"),
                Optional.of(entry::getCompressedSize)));
    }

    @Override
    public String shown(String name) {
        return entry(name).map(this::shown).orElse(path + "!" + name);
    }

    private String shown(ZipEntry entry) {
        return path + "!" + entry.getName();
    }

    @Override
    public SortedMap<String, Digest> digests(Iterable<String> names) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        digests.put(String.valueOf(path.getFileName()), Digest.ofFile(path));
        return digests;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw Unusable.unreadable(path, e);
        }
    }
}
