package io.atelier.system;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout these tests judge: its files and what it was compiled to. */
final class Checkout {
    private Checkout() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("proto/buf.yaml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not inside a checkout: " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    /** The jar that a module's build has left, by its name without the version. */
    static Path jar(String target, String name) {
        try (Stream<Path> children = Files.list(root().resolve(target))) {
            return children.filter(
                            file -> String.valueOf(file.getFileName()).matches(name + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + name + " in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The main classes of every module, without what was generated from protocol buffers. */
    static JavaClasses mainClasses() {
        return new ClassFileImporter().importPaths(classFolders("classes").toArray(Path[]::new));
    }

    static JavaClasses testClasses() {
        return new ClassFileImporter().importPaths(classFolders("test-classes").toArray(Path[]::new));
    }

    private static List<Path> classFolders(String name) {
        try (Stream<Path> folders = Files.find(
                root(), 6, (path, attributes) -> attributes.isDirectory() && path.endsWith("target/" + name))) {
            return folders.filter(path -> !path.startsWith(root().resolve("proto")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
