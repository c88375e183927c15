package io.atelier.models;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a model.json must say beside being well formed. */
final class ManifestRules {
    private ManifestRules() {}

    /** Refuses a manifest that no reader would take. */
    static void check(ModelManifest manifest) {
        broken(manifest, manifest.name(), manifest.version()).ifPresent(rule -> {
            throw new IllegalArgumentException(manifest.name() + " cannot be published: " + rule);
        });
        if (ModelJson.write(manifest).length > ModelJson.MAX_BYTES) {
            throw new IllegalArgumentException(
                    manifest.name() + " cannot be published: its model.json is larger than " + ModelJson.MAX_BYTES);
        }
    }

    /** The first rule that a manifest found under a name and version breaks, as a sentence. */
    static Optional<String> broken(ModelManifest manifest, ModelName name, long version) {
        if (manifest.schema() != ModelManifest.SCHEMA) {
            return Optional.of("its schema is " + manifest.schema() + ", this release reads " + ModelManifest.SCHEMA);
        }
        if (!manifest.name().equals(name) || manifest.version() != version) {
            return Optional.of("it is of " + manifest.name() + "@" + manifest.version());
        }
        if (!manifest.kind().equals(manifest.task().kind())) {
            return Optional.of("its kind is " + manifest.kind() + ", its task "
                    + manifest.task().id());
        }
        Set<String> files = new HashSet<>();
        for (ModelFile file : manifest.files()) {
            if (!PackageFiles.isName(file.name()) || file.size() < 0 || !files.add(file.name())) {
                return Optional.of(
                        "it names the file \"" + file.name() + "\" twice, outside the package or without size");
            }
        }
        return brokenGraph(manifest, files);
    }

    private static Optional<String> brokenGraph(ModelManifest manifest, Set<String> files) {
        if (manifest.graphs().isEmpty()) {
            return Optional.of("it has no graph");
        }
        Set<String> roles = new HashSet<>();
        for (GraphSpec graph : manifest.graphs()) {
            if (!files.contains(graph.file())) {
                return Optional.of("its graph " + graph.role() + " has no file");
            }
            if (!roles.add(graph.role())) {
                return Optional.of("it has two graphs of the role " + graph.role());
            }
        }
        return Optional.empty();
    }
}
