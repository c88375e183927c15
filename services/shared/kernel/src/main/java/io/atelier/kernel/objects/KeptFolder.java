package io.atelier.kernel.objects;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Shortage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder's files in an object store, as they were at one moment: whoever fetches them gets all of one keeping and nothing
 * of another, whenever the keeper dies. Kept by one process at a time, fetched by any; used by one thread.
 *
 * <pre>
 * {prefix}index           put last, in the place of the one before: a line for each file, its sha256, two spaces, its path
 * {prefix}files/{sha256}  the files
 * </pre>
 */
public final class KeptFolder {
    /** The key of the index behind the prefix. */
    public static final String INDEX = "index";

    private static final int INDEX_BYTES = 8 << 20;
    private static final int TRIES = 5;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^/\\p{Cntrl}][^\\p{Cntrl}]*)");

    private final ObjectStore objects;
    private final String prefix;
    private final ErrorCode unavailable;

    /**
     * @param prefix what all keys begin with: empty, or ending with a slash
     * @param unavailable the code of a connection that breaks while a file is fetched
     */
    public KeptFolder(ObjectStore objects, String prefix, ErrorCode unavailable) {
        this.objects = objects;
        this.prefix = prefix;
        this.unavailable = unavailable;
    }

    /** Whether anything was ever kept. */
    public boolean any() {
        return objects.read(prefix + INDEX, 1).isPresent();
    }

    /**
     * Keeps a folder as it is now; what is kept already is not sent again.
     *
     * @param wanted which files, by their paths in the folder
     */
    public void keep(Path folder, Predicate<String> wanted) {
        Map<String, Digest> before = index();
        Map<String, Digest> now = digests(folder, wanted);
        Set<Digest> there = new HashSet<>(before.values());
        for (Map.Entry<String, Digest> file : now.entrySet()) {
            if (there.add(file.getValue())) {
                objects.put(key(file.getValue()), folder.resolve(file.getKey()));
            }
        }
        if (!now.equals(before)) {
            objects.put(prefix + INDEX, lines(now).getBytes(StandardCharsets.UTF_8));
        }
        there.removeAll(now.values());
        objects.delete(there.stream().map(this::key).toList());
    }

    /**
     * Fetches what was kept last.
     *
     * @param folder takes the files, in the place of those that are there
     * @param wanted which files, by their paths in the folder
     * @return whether anything was ever kept
     * @throws ProblemException BROKEN_RUN when a file is gone or is not what was kept
     */
    public boolean fetch(Path folder, Predicate<String> wanted) {
        for (int tries = 1; ; tries++) {
            Map<String, Digest> index = index();
            try {
                for (Map.Entry<String, Digest> file : index.entrySet()) {
                    if (wanted.test(file.getKey())) {
                        fetch(file.getValue(), file.getKey(), folder.resolve(file.getKey()));
                    }
                }
                return !index.isEmpty();
            } catch (ProblemException e) { // its keeper may have put another index meanwhile, and deleted the file
                if (e.problem().code() != ErrorCode.BROKEN_RUN || tries == TRIES || index.equals(index())) {
                    throw e;
                }
            }
        }
    }

    /** Deletes all of it, the index first. */
    public void delete() {
        objects.delete(List.of(prefix + INDEX));
        List<String> keys = new ArrayList<>();
        objects.list(prefix, object -> keys.add(object.key()));
        objects.delete(keys);
    }

    private String key(Digest file) {
        return prefix + "files/" + file.hex();
    }

    private void fetch(Digest digest, String path, Path target) {
        InputStream found = objects.open(key(digest), 0).orElseThrow(() -> broken(path + " is missing"));
        MessageDigest sha = Digest.sha256();
        try (InputStream in = new DigestInputStream(found, sha)) {
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Shortage.DISK.caused(e) ? new UncheckedIOException(e) : passing(path, e);
        }
        if (!Digest.of(sha).equals(digest)) {
            throw broken(path + " does not have its digest");
        }
    }

    private ProblemException passing(String path, IOException e) {
        return Problem.of(unavailable, path + " could not be fetched from the object store; try again.")
                .withRetryAfter(Duration.ofSeconds(1))
                .exception(e);
    }

    private static ProblemException broken(String what) {
        return Problem.of(
                        ErrorCode.BROKEN_RUN,
                        "The run in the object store is damaged: " + what + ". Begin the training anew.")
                .exception();
    }

    private Map<String, Digest> index() {
        return objects.read(prefix + INDEX, INDEX_BYTES)
                .map(found -> parse(new String(found.bytes(), StandardCharsets.UTF_8)))
                .orElse(Map.of());
    }

    private static Map<String, Digest> parse(String index) {
        Map<String, Digest> files = new TreeMap<>();
        index.lines().forEach(line -> {
            Matcher file = LINE.matcher(line);
            if (!file.matches() || Path.of(file.group(2)).normalize().startsWith("..")) {
                throw broken("its index cannot be read");
            }
            files.put(file.group(2), new Digest(file.group(1)));
        });
        return files;
    }

    private static String lines(Map<String, Digest> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((path, digest) ->
                lines.append(digest.hex()).append("  ").append(path).append('\n'));
        return lines.toString();
    }

    private static Map<String, Digest> digests(Path folder, Predicate<String> wanted) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, Digest> digests = new TreeMap<>();
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> {
                        String path = folder.relativize(file).toString().replace('\\', '/');
                        if (wanted.test(path)) {
                            digests.put(path, Digest.ofFile(file));
                        }
                    });
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
