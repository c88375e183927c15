package io.atelier.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository in a folder. Any number of processes may share it; nothing is written until something is published or
 * promoted, so a read-only folder can be read. Needs a file system with atomic renames and locks.
 */
public final class DirectoryModelRepository extends VersionedRepository {
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
    public ModelManifest manifest(ModelRef ref) {
        return open(ref).manifest();
    }

    @Override
    public ModelPackage open(ModelRef ref) {
        long version = version(ref);
        Path folder = folder(ref.name(), version);
        if (!isFolder(folder(ref.name())) || !isFolder(folder)) {
            throw PackageReader.unknown(ref.name() + "@" + version + " is not here.");
        }
        return PackageReader.read(ref.name(), version, folder);
    }

    @Override
    public void verify(ModelPackage found) {
        PackageReader.verify(found);
    }

    @Override
    Staged stage(ModelDraft draft) throws IOException {
        Staging staging = Staging.open(root, clock);
        try {
            List<ModelFile> files = staging.copy(draft.files());
            createFolder(draft.name());
            Durable.syncFolder(root);
            return new StagedFolder(staging, files, folder(draft.name()));
        } catch (IOException | RuntimeException e) {
            staging.close();
            throw e;
        }
    }

    /** Files beside the models, which a rename makes a version. */
    private record StagedFolder(Staging staging, List<ModelFile> files, Path model) implements Staged {
        @Override
        public boolean place(ModelManifest manifest) throws IOException {
            return staging.place(manifest, model.resolve(Long.toString(manifest.version())));
        }

        @Override
        public void close() throws IOException {
            staging.close();
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

    @Override
    CurrentFile current(ModelName name) {
        return new CurrentFile(name, folder(name));
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
