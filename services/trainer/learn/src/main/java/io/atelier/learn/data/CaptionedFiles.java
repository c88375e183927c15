package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pictures as a table of captions sorts them: each in a folder of its class's name, those of no class left out. */
final class CaptionedFiles implements PictureFiles {
    private final PictureFiles files;
    private final CaptionRule rule;
    private final CaptionTable table;
    private final SortedMap<String, String> originals = new TreeMap<>();

    private CaptionedFiles(PictureFiles files, CaptionRule rule, CaptionTable table) {
        this.files = files;
        this.rule = rule;
        this.table = table;
        Map<String, String> byBareName = new HashMap<>();
        files.names().forEach(name -> byBareName.put(name.substring(name.lastIndexOf('/') + 1), name));
        for (Map<String, String> line : table.lines()) {
            String bare = line.getOrDefault(rule.name(), "");
            String name = byBareName.get(bare);
            if (name != null) {
                rule.label(line).ifPresent(label -> originals.put(label + "/" + bare, name));
            }
        }
    }

    /** Sorts files by the table beside them; closes them when that is not possible. */
    static PictureFiles of(Path path, PictureFiles files, CaptionRule rule, ReadLimits limits) {
        try {
            return new CaptionedFiles(files, rule, CaptionTable.read(path, rule, limits));
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(originals.keySet());
    }

    @Override
    public byte[] read(String name) {
        return files.read(originals.getOrDefault(name, name));
    }

    @Override
    public SortedMap<String, Digest> digests() {
        SortedMap<String, Digest> digests = new TreeMap<>(files.digests());
        digests.put(rule.file(), table.digest());
        return digests;
    }

    @Override
    public void close() {
        files.close();
    }
}
