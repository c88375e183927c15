package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A table of captions.
 *
 * @param lines its lines after the first, each value by its column's name
 * @param digest of its bytes
 */
record CaptionTable(List<Map<String, String>> lines, Digest digest) {

    /** Reads the table that a rule names, beside the pictures in a folder or within their .zip. */
    static CaptionTable read(Path path, CaptionRule rule, ReadLimits limits) {
        String shown = Files.isDirectory(path) ? path.resolve(rule.file()).toString() : path + "!" + rule.file();
        byte[] bytes;
        try {
            bytes = Files.isDirectory(path) ? ofFolder(path, rule, limits) : ofArchive(path, rule, limits);
        } catch (IOException e) {
            throw Unusable.unreadable(shown, e);
        }
        return new CaptionTable(parse(shown, text(shown, bytes), rule), Digest.of(bytes));
    }

    private static byte[] ofFolder(Path folder, CaptionRule rule, ReadLimits limits) throws IOException {
        Path file = folder.resolve(rule.file());
        if (!Files.isRegularFile(file)) {
            throw missing(folder, rule);
        }
        try (InputStream in = new BoundedInput(
                Files.newInputStream(file), file.toString(), limits.entryBytes(), Integer.MAX_VALUE, () -> 1)) {
            return in.readAllBytes();
        }
    }

    private static byte[] ofArchive(Path archive, CaptionRule rule, ReadLimits limits) throws IOException {
        try (ZipFile zip = Zips.open(archive, limits)) {
            ZipEntry entry = zip.stream()
                    .filter(each ->
                            each.getName().equals(rule.file()) || each.getName().endsWith("/" + rule.file()))
                    .findFirst()
                    .orElseThrow(() -> missing(archive, rule));
            try (InputStream in = new BoundedInput(
                    zip.getInputStream(entry),
                    archive + "!" + entry.getName(),
                    limits.entryBytes(),
                    limits.ratio(),
                    entry::getCompressedSize)) {
                return in.readAllBytes();
            }
        }
    }

    private static RuntimeException missing(Path path, CaptionRule rule) {
        return Unusable.missing(
                path + " has no " + rule.file(),
                "a table of captions beside the pictures",
                "This recipe tells classes by it; check the path given by --data.");
    }

    private static String text(String shown, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Unusable.notUtf8(shown + " is no UTF-8", "a table in UTF-8", "Convert it to UTF-8.");
        }
    }

    private static List<Map<String, String>> parse(String shown, String text, CaptionRule rule) {
        List<String> rows = text.lines().toList();
        List<String> columns =
                rows.isEmpty() ? List.of() : List.of(rows.getFirst().split("\t", -1));
        List<String> wanted = new ArrayList<>(rule.where().keySet());
        wanted.add(rule.name());
        wanted.add(rule.keywords());
        wanted.removeAll(columns);
        if (!wanted.isEmpty()) {
            throw Unusable.data(
                    shown + " has no column " + String.join(", ", wanted),
                    "its first line names its columns, with tabs between",
                    "Check that it is the table this recipe is made for.");
        }
        List<Map<String, String>> lines = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            String[] values = rows.get(i).split("\t", -1);
            if (values.length != columns.size()) {
                throw Unusable.data(
                        shown + " has " + values.length + " values in line " + (i + 1),
                        columns.size() + " values, as its first line has",
                        "Correct the line or take it out.");
            }
            Map<String, String> line = new HashMap<>();
            for (int column = 0; column < values.length; column++) {
                line.put(columns.get(column), values[column]);
            }
            lines.add(line);
        }
        return lines;
    }
}
