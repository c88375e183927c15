package io.atelier.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a package's manifest and holds its files against it. Messages name files by model and version, never by path. */
final class PackageReader {
    /** The most bytes of a current.json that are read. */
    static final int MAX_PROMOTION = 64 << 10;

    private PackageReader() {}

    static ModelPackage read(ModelName name, long version, Path folder) {
        return new ModelPackage(manifest(name, version, bytes(name, version, folder)), folder);
    }

    /** Reads a model.json that was found under a name and version. */
    static ModelManifest manifest(ModelName name, long version, byte[] json) {
        if (json.length > ModelJson.MAX_BYTES) {
            throw unreadable(name, version, "it is larger than " + ModelJson.MAX_BYTES + " bytes")
                    .exception();
        }
        try {
            ModelManifest manifest = ModelJson.read(json, ModelManifest.class);
            ManifestRules.broken(manifest, name, version).ifPresent(rule -> {
                throw unreadable(name, version, rule).exception();
            });
            return manifest;
        } catch (JsonProcessingException e) {
            throw unreadable(name, version, String.valueOf(e.getOriginalMessage()))
                    .exception(e);
        }
    }

    /** Reads a model's current.json. */
    static Promotion promotion(ModelName name, byte[] json) {
        try {
            return ModelJson.read(json, Promotion.class);
        } catch (JsonProcessingException e) {
            throw Problem.of(
                            ErrorCode.UNREADABLE_MANIFEST,
                            name + "/current.json cannot be read: " + e.getOriginalMessage()
                                    + ". Remove it and promote a version.")
                    .exception(e);
        }
    }

    private static byte[] bytes(ModelName name, long version, Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve(PackageFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(ModelJson.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw unknown(name + "@" + version + " is not here.");
        } catch (IOException e) { // a link, for one; the exception's message would name a path
            throw unreadable(name, version, "it is no plain file that this process may read")
                    .exception(e);
        }
    }

    static void verify(ModelPackage found) {
        ModelManifest manifest = found.manifest();
        Set<String> expected = new HashSet<>(Set.of(PackageFiles.MANIFEST));
        for (ModelFile file : manifest.files()) {
            expected.add(file.name());
            verify(manifest, file, found.file(file.name()));
        }
        try (Stream<Path> files = Files.list(found.folder())) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !expected.contains(name))
                    .sorted()
                    .findFirst()
                    .ifPresent(extra -> {
                        throw broken(manifest, extra + " is not named in model.json");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!ModelDigest.of(manifest).equals(manifest.digest())) {
            throw broken(manifest, "model.json does not have the digest it states");
        }
    }

    private static void verify(ModelManifest manifest, ModelFile file, Path path) {
        try {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw broken(manifest, file.name() + " is missing or no plain file");
            }
            long size = Files.size(path);
            if (size != file.size()) {
                throw broken(manifest, file.name() + " has " + size + " bytes instead of " + file.size());
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                if (!Digest.of(in).equals(file.sha256())) {
                    throw broken(manifest, file.name() + " does not have its digest");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProblemException broken(ModelManifest manifest, String what) {
        return Problem.of(
                        ErrorCode.BROKEN_PACKAGE,
                        manifest.name() + "@" + manifest.version() + ": " + what
                                + ". Publish the model again or roll back.")
                .exception();
    }

    private static Problem unreadable(ModelName name, long version, String why) {
        return Problem.of(
                ErrorCode.UNREADABLE_MANIFEST,
                name + "@" + version + "/model.json cannot be read: " + why + ". Publish the model again.");
    }

    static ProblemException unknown(String message) {
        return Problem.field(ErrorCode.UNKNOWN_MODEL, "model", "a published model", message)
                .exception();
    }
}
