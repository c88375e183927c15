package io.atelier.models;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Packages of a repository elsewhere, on this machine's disk: ONNX Runtime reads files. Several processes may share the
 * folder.
 *
 * <p>A package lies in a folder named by the SHA-256 of its model.json, so another package never has its name; it gets
 * that name by a rename once every file has its digest. The quota is held by removing what was opened longest ago, but
 * nothing that was opened within the last hour, which is the longest a load may take: a loaded graph needs its files no
 * more. So what was opened within an hour may go beyond the quota.
 */
public final class PackageCache {
    private static final Duration IN_USE = Duration.ofHours(1);

    private final Path root;
    private final long quotaBytes;
    private final InstantSource clock;

    /** A cache in a folder, which is made when it is needed. */
    public PackageCache(Path folder, long quotaBytes, InstantSource clock) {
        this.root = folder.toAbsolutePath().normalize();
        this.quotaBytes = quotaBytes;
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    /** Brings a file's bytes, or nothing when the repository has lost them. */
    interface Source {
        Optional<InputStream> open(ModelFile file);
    }

    /** The folder of a package, fetched when it is not here. */
    Path fetch(ModelManifest manifest, byte[] json, Source source) {
        Path folder = root.resolve(Digest.of(json).hex());
        try {
            Files.createDirectories(root);
            if (!locked(() -> use(folder))) {
                long bytes = size(manifest);
                locked(() -> makeRoom(bytes));
                download(manifest, json, source, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a package's files are what its manifest says; forgets it when not, unless it is in another place. */
    boolean isSound(ModelPackage found) {
        try {
            PackageReader.verify(found);
            return true;
        } catch (ProblemException e) {
            if (!root.equals(found.folder().getParent())) {
                throw e;
            }
            locked(() -> remove(found.folder()));
            return false;
        }
    }

    private long size(ModelManifest manifest) {
        long bytes = manifest.files().stream().mapToLong(ModelFile::size).sum();
        if (bytes > quotaBytes) {
            throw Problem.field(
                            ErrorCode.BROKEN_PACKAGE,
                            "model",
                            quotaBytes + " bytes",
                            manifest.name() + "@" + manifest.version() + " has " + bytes
                                    + " bytes, more than this machine's cache of models may hold.")
                    .exception();
        }
        return bytes;
    }

    private void download(ModelManifest manifest, byte[] json, Source source, Path folder) throws IOException {
        try (Staging staging = Staging.open(root, clock)) {
            for (ModelFile file : manifest.files()) {
                InputStream bytes = source.open(file)
                        .orElseThrow(() -> PackageReader.broken(manifest, file.name() + " is missing"));
                receive(manifest, file, bytes, staging.folder().resolve(file.name()));
            }
            Files.write(staging.folder().resolve(PackageFiles.MANIFEST), json);
            locked(() -> {
                if (!use(folder)) { // else another process was quicker
                    Files.move(staging.folder(), folder, StandardCopyOption.ATOMIC_MOVE);
                    use(folder);
                }
                return true;
            });
        }
    }

    private static void receive(ModelManifest manifest, ModelFile file, InputStream bytes, Path target)
            throws IOException {
        MessageDigest sha = Digest.sha256();
        try (InputStream in = bytes;
                OutputStream out = new DigestOutputStream(Files.newOutputStream(target), sha)) {
            in.transferTo(out);
        } catch (IOException e) {
            throw Problem.of(
                            ErrorCode.REPOSITORY_UNAVAILABLE,
                            file.name() + " of " + manifest.name() + "@" + manifest.version()
                                    + " could not be fetched; try again.")
                    .withRetryAfter(Duration.ofSeconds(1))
                    .exception(e);
        }
        if (!Digest.of(sha).equals(file.sha256())) {
            throw PackageReader.broken(manifest, file.name() + " does not have its digest");
        }
    }

    private <T> T locked(NameLock.Action<T> action) {
        return NameLock.with(root.resolve(".lock"), action);
    }

    /** Marks a package as opened now; false when it is not here. */
    private boolean use(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
        return true;
    }

    private record Kept(Path folder, Instant opened, long bytes) {}

    private boolean makeRoom(long bytes) throws IOException {
        List<Kept> kept = kept();
        long used = kept.stream().mapToLong(Kept::bytes).sum();
        Instant limit = clock.instant().minus(IN_USE);
        for (Kept oldest : kept) {
            if (used + bytes <= quotaBytes || !oldest.opened().isBefore(limit)) {
                break;
            }
            remove(oldest.folder());
            used -= oldest.bytes();
        }
        return true;
    }

    /** What is here, longest unopened first. */
    private List<Kept> kept() throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                if (Digest.isValid(String.valueOf(folder.getFileName()))) {
                    kept.add(new Kept(folder, Files.getLastModifiedTime(folder).toInstant(), bytes(folder)));
                }
            }
        }
        kept.sort(Comparator.comparing(Kept::opened));
        return kept;
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Takes the name away first, so that nobody opens half a package. */
    private boolean remove(Path folder) throws IOException {
        try (Staging bin = Staging.open(root, clock)) {
            Path gone = bin.folder().resolveSibling(bin.folder().getFileName() + "-gone");
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
                Staging.delete(gone);
            }
            return true;
        }
    }
}
