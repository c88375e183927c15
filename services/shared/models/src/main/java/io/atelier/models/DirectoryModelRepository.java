package io.atelier.models;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository in a folder. Any number of processes may share it; nothing is written until something is published or
 * promoted, so a read-only folder can be read. Needs a file system with atomic renames and locks.
 */
public final class DirectoryModelRepository implements ModelRepository {
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    private final Path root;
    private final InstantSource clock;

    public DirectoryModelRepository(Path root, InstantSource clock) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
    }

    @Override
    public List<ModelName> names() {
        return folders(root).stream()
                .filter(ModelName::isValid)
                .map(ModelName::new)
                .filter(name -> !versions(name).isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public List<Long> versions(ModelName name) {
        Path folder = folder(name);
        return (isFolder(folder) ? folders(folder) : List.<String>of())
                .stream()
                        .filter(VERSION.asMatchPredicate())
                        .map(Long::valueOf)
                        .filter(version -> Files.isRegularFile(
                                folder(name, version).resolve(PackageFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS))
                        .sorted()
                        .toList();
    }

    @Override
    public Optional<Promotion> promotion(ModelName name) {
        return current(name).read().filter(promotion -> promotion.version() > 0);
    }

    @Override
    public ModelPackage open(ModelRef ref) {
        long version = ref.version().orElseGet(() -> promoted(ref.name()));
        Path folder = folder(ref.name(), version);
        if (!isFolder(folder(ref.name())) || !isFolder(folder)) {
            throw PackageReader.unknown(ref.name() + "@" + version + " is not here.");
        }
        return PackageReader.read(ref.name(), version, folder);
    }

    private long promoted(ModelName name) {
        return promotion(name)
                .map(Promotion::version)
                .orElseThrow(() -> PackageReader.unknown(
                        versions(name).isEmpty()
                                ? "There is no model " + name + "."
                                : name + " has no promoted version; name one or promote one."));
    }

    @Override
    public void verify(ModelPackage found) {
        PackageReader.verify(found);
    }

    @Override
    public ModelPackage publish(ModelDraft draft, boolean promote) {
        return stage(draft, promote, (staging, files) -> new Placed(place(staging, draft, files), true));
    }

    @Override
    public ModelPackage publishIfNew(ModelDraft draft, boolean promote) {
        return stage(
                draft,
                promote,
                (staging, files) -> NameLock.with(lock(draft.name()), () -> {
                    Optional<ModelPackage> same = find(draft.name(), ModelDigest.of(draft, files));
                    return same.isPresent()
                            ? new Placed(same.get(), false)
                            : new Placed(place(staging, draft, files), true);
                }));
    }

    /** A package in the repository, placed just now or found there. */
    private record Placed(ModelPackage found, boolean fresh) {}

    /** Places a staged package, or finds that it need not. */
    private interface Placing {
        Placed place(Staging staging, List<ModelFile> files) throws IOException;
    }

    private ModelPackage stage(ModelDraft draft, boolean promote, Placing placing) {
        PackageFiles.check(draft.files().keySet());
        try (Staging staging = Staging.open(root, clock)) {
            List<ModelFile> files = staging.copy(draft.files());
            createFolder(draft.name());
            Durable.syncFolder(root);
            Placed placed = placing.place(staging, files);
            if (promote) {
                promotePublished(draft.name(), placed);
            }
            return placed.found();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A slower publisher of an older version must not take the promotion from a newer one; a version that was there
     * before is promoted only when none is, which is what a publisher that died before promoting leaves.
     */
    private void promotePublished(ModelName name, Placed placed) {
        long version = placed.found().manifest().version();
        current(name)
                .update(now -> now.pinned() || now.version() >= version || (now.version() > 0 && !placed.fresh())
                        ? now
                        : new Promotion(version, false, now.version(), now.revision()));
    }

    private void createFolder(ModelName name) throws IOException {
        Files.createDirectories(folder(name));
        if (!isFolder(folder(name))) {
            throw Problem.field(
                            ErrorCode.BROKEN_PACKAGE,
                            "model",
                            "a folder",
                            "The repository's " + name + " is a link; replace it by a folder.")
                    .exception();
        }
    }

    private ModelPackage place(Staging staging, ModelDraft draft, List<ModelFile> files) throws IOException {
        Digest digest = ModelDigest.of(draft, files);
        long version = versions(draft.name()).stream().reduce(0L, Math::max) + 1;
        while (true) {
            ModelManifest manifest = draft.manifest(version, digest, files);
            ManifestRules.check(manifest);
            Path target = folder(draft.name(), version);
            if (staging.place(manifest, target)) {
                return PackageReader.read(draft.name(), version, target); // as every reader will see it
            }
            version++;
        }
    }

    private Optional<ModelPackage> find(ModelName name, Digest digest) {
        return versions(name).stream()
                .flatMap(version -> readable(name, version).stream())
                .filter(found -> found.manifest().digest().equals(digest))
                .findFirst();
    }

    private Optional<ModelPackage> readable(ModelName name, long version) {
        try {
            return Optional.of(PackageReader.read(name, version, folder(name, version)));
        } catch (ProblemException e) {
            return Optional.empty(); // a broken version is no reason to refuse a good one
        }
    }

    @Override
    public Promotion promote(ModelName name, long version) {
        open(new ModelRef(name, OptionalLong.of(version)));
        return current(name).update(now -> move(name, now, version));
    }

    @Override
    public Promotion pin(ModelName name, long version) {
        open(new ModelRef(name, OptionalLong.of(version)));
        return current(name).update(now -> {
            long previous = now.version() == version ? now.previous() : now.version();
            return new Promotion(version, true, previous, now.revision());
        });
    }

    @Override
    public Promotion unpin(ModelName name) {
        promoted(name);
        return current(name).update(now -> new Promotion(now.version(), false, now.previous(), now.revision()));
    }

    @Override
    public Promotion rollback(ModelName name) {
        promoted(name);
        return current(name).update(now -> {
            if (now.previous() == 0) {
                throw PackageReader.unknown(name + " has no version that was promoted before.");
            }
            open(new ModelRef(name, OptionalLong.of(now.previous())));
            return move(name, now, now.previous());
        });
    }

    private static Promotion move(ModelName name, Promotion now, long version) {
        if (now.version() == version) {
            return now;
        }
        if (now.pinned()) {
            throw Problem.field(
                            ErrorCode.PINNED,
                            "version",
                            "version " + now.version(),
                            name + " is pinned to version " + now.version() + "; unpin it first.")
                    .exception();
        }
        return new Promotion(version, false, now.version(), now.revision());
    }

    private CurrentFile current(ModelName name) {
        return new CurrentFile(name, folder(name));
    }

    private Path lock(ModelName name) {
        return folder(name).resolve(CurrentFile.LOCK);
    }

    private Path folder(ModelName name) {
        return root.resolve(name.value());
    }

    private Path folder(ModelName name, long version) {
        return folder(name).resolve(Long.toString(version));
    }

    /** Whether this is a folder itself: a link would lead out of the repository. */
    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The names of the real folders in a folder; links are not followed. */
    private static List<String> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(DirectoryModelRepository::isFolder)
                    .map(child -> String.valueOf(child.getFileName()))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
