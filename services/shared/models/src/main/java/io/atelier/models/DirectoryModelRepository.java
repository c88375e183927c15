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
import java.util.function.Predicate;
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
    public ModelPackage publish(ModelDraft draft, boolean promote, VersionClaim claim) {
        ModelDraft ofJob = draft.withJob(claim.job());
        return stage(ofJob, promote, (staging, files) -> new Placed(place(staging, ofJob, files, claim), true));
    }

    @Override
    public ModelPackage publishIfNew(ModelDraft draft, boolean promote) {
        return stage(
                draft,
                promote,
                (staging, files) -> NameLock.with(lock(draft.name()), () -> {
                    Digest digest = ModelDigest.of(draft, files);
                    Optional<ModelPackage> same =
                            find(draft.name(), manifest -> manifest.digest().equals(digest));
                    return same.isPresent()
                            ? new Placed(same.get(), false)
                            : new Placed(place(staging, draft, files), true);
                }));
    }

    /** A package in the repository; fresh when it is this publisher's, placed just now or by its job's attempt before. */
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
                long version = placed.found().manifest().version();
                current(draft.name())
                        .update(now -> placed.fresh()
                                ? PromotionRules.published(now, version)
                                : PromotionRules.found(now, version));
            }
            return placed.found();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        long version = next(draft.name());
        while (!placed(staging, draft, files, version)) {
            version++;
        }
        return PackageReader.read(draft.name(), version, folder(draft.name(), version)); // as every reader will see it
    }

    /**
     * An attempt that lost its lease after it took a number may still place that number, and nothing else: so this one,
     * which comes to the same number, looks for its job's version again whenever a number turns out to be taken.
     */
    private ModelPackage place(Staging staging, ModelDraft draft, List<ModelFile> files, VersionClaim claim)
            throws IOException {
        for (long version = next(draft.name()); ; version++) {
            Optional<ModelPackage> own = find(draft.name(), manifest -> isOf(claim.job(), manifest));
            if (own.isPresent()) {
                return own.get();
            }
            if (!claim.take(version)) {
                throw lost(draft.name());
            }
            if (placed(staging, draft, files, version)) {
                return PackageReader.read(draft.name(), version, folder(draft.name(), version));
            }
        }
    }

    private boolean placed(Staging staging, ModelDraft draft, List<ModelFile> files, long version) throws IOException {
        ModelManifest manifest = draft.manifest(version, ModelDigest.of(draft, files), files);
        ManifestRules.check(manifest);
        return staging.place(manifest, folder(draft.name(), version));
    }

    private long next(ModelName name) {
        return versions(name).stream().reduce(0L, Math::max) + 1;
    }

    private static boolean isOf(String job, ModelManifest manifest) {
        return manifest.training().flatMap(Training::job).filter(job::equals).isPresent();
    }

    private static ProblemException lost(ModelName name) {
        return Problem.of(
                        ErrorCode.PUBLISH_CONFLICT,
                        "Another attempt of the training job holds its lease and publishes " + name
                                + "; this one published nothing.")
                .exception();
    }

    private Optional<ModelPackage> find(ModelName name, Predicate<ModelManifest> wanted) {
        return versions(name).stream()
                .flatMap(version -> readable(name, version).stream())
                .filter(found -> wanted.test(found.manifest()))
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
        return current(name).update(now -> PromotionRules.promoted(name, now, version));
    }

    @Override
    public Promotion pin(ModelName name, long version) {
        open(new ModelRef(name, OptionalLong.of(version)));
        return current(name).update(now -> PromotionRules.pinned(now, version));
    }

    @Override
    public Promotion unpin(ModelName name) {
        promoted(name);
        return current(name).update(PromotionRules::unpinned);
    }

    @Override
    public Promotion rollback(ModelName name) {
        promoted(name);
        return current(name).update(now -> {
            if (now.previous() == 0) {
                throw PackageReader.unknown(name + " has no version that was promoted before.");
            }
            open(new ModelRef(name, OptionalLong.of(now.previous())));
            return PromotionRules.promoted(name, now, now.previous());
        });
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
