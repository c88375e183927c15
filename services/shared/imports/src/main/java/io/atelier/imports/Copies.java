package io.atelier.imports;

import io.atelier.imports.onnx.OnnxLimits;
import io.atelier.imports.onnx.OnnxTensor.External;
import io.atelier.imports.onnx.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Copies a model and the weights beside it, as much as an import takes and from nowhere but the model's own folder. */
final class Copies {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Set<String> TAKEN = Set.of("model.json", "readme.md", "current.json");

    private final Path into;
    private long left = OnnxLimits.MAX_BYTES;

    Copies(Path into) {
        this.into = into;
    }

    /** The model under its name in the package; a link to it is followed, since the user named it. */
    Path model(Path path, String name) throws IOException {
        if (!Files.exists(path)) {
            throw Refusal.notOnnx(Refusal.shown(path.toString()) + " is not there");
        }
        if (!Files.isRegularFile(path)) {
            throw Refusal.notOnnx(Refusal.shown(path.toString()) + " is no plain file");
        }
        return copy(path, name);
    }

    /** How many bytes were copied. */
    long bytes() {
        return OnnxLimits.MAX_BYTES - left;
    }

    /** A copy by its name. */
    Path made(String name) {
        return into.resolve(name);
    }

    /** The files that constants point into, by their names. */
    Map<String, Path> weights(Path model, String graph, List<External> externals) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        for (External external : externals) {
            String name = external.location();
            if (!files.containsKey(name)) {
                requirePlain(name, graph);
                if (files.size() == OnnxLimits.MAX_FILES) {
                    throw Refusal.tooLarge("files of weights", OnnxLimits.MAX_FILES);
                }
                files.put(name, beside(model, name));
            }
            long size = Files.size(files.get(name));
            if (external.offset() > size || external.bytes() > size - external.offset()) {
                throw Refusal.unsafe("a constant lies at " + external.offset() + " in " + Refusal.shown(name) + " with "
                        + external.bytes() + " bytes, and the file has " + size);
            }
        }
        return files;
    }

    private static void requirePlain(String name, String graph) {
        if (!PLAIN.matcher(name).matches()) {
            throw Refusal.unsafe("they lie in " + Refusal.shown(name)
                    + "; a plain name of a file in the model's own folder is taken, of letters, digits, dots,"
                    + " underscores and hyphens");
        }
        if (TAKEN.contains(name.toLowerCase(java.util.Locale.ROOT)) || name.equalsIgnoreCase(graph)) {
            throw Refusal.unsafe("they lie in " + Refusal.shown(name) + ", a name that a package needs itself");
        }
    }

    private Path beside(Path model, String name) throws IOException {
        Path file = model.resolveSibling(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Refusal.unsafe("beside the model there is no plain file " + Refusal.shown(name)
                    + " (a link, a pipe and a device are none)");
        }
        return copy(file, name, LinkOption.NOFOLLOW_LINKS);
    }

    private Path copy(Path from, String name, OpenOption... options) throws IOException {
        OpenOption[] reading = new OpenOption[options.length + 1];
        System.arraycopy(options, 0, reading, 0, options.length);
        reading[options.length] = StandardOpenOption.READ;
        Path to = into.resolve(name);
        try (FileChannel in = FileChannel.open(from, reading);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            if (in.size() > left) {
                throw Refusal.tooLarge("bytes", OnnxLimits.MAX_BYTES);
            }
            long size = in.size();
            for (long at = 0; at < size; ) {
                long copied = in.transferTo(at, size - at, out);
                if (copied <= 0) {
                    break; // it was cut meanwhile, and what follows looks at the copy
                }
                at += copied;
            }
            left -= size;
        }
        return to;
    }
}
