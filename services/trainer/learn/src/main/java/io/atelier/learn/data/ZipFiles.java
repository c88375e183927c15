package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Pictures in a .zip, read in place. */
final class ZipFiles implements PictureFiles {
    private final Path path;
    private final ReadLimits limits;
    private final ZipFile zip;
    private final List<String> names;
    private long bytesRead;

    ZipFiles(Path path, ReadLimits limits) throws IOException {
        this.path = path;
        this.limits = limits;
        zip = Zips.open(path, limits);
        names = zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(PictureFiles::isPicture)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public byte[] read(String name) {
        ZipEntry entry = zip.getEntry(name);
        long allowed = Math.min(limits.entryBytes(), limits.totalBytes() - bytesRead);
        String shown = path + "!" + name;
        try (InputStream in =
                new BoundedInput(zip.getInputStream(entry), shown, allowed, limits.ratio(), entry::getCompressedSize)) {
            byte[] bytes = in.readAllBytes();
            bytesRead += bytes.length;
            return bytes;
        } catch (IOException e) {
            throw Unusable.unreadable(shown, e);
        }
    }

    @Override
    public SortedMap<String, Digest> digests() {
        return new TreeMap<>(Collections.singletonMap(String.valueOf(path.getFileName()), Digest.ofFile(path)));
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
