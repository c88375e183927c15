package io.atelier.models;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What a model is, whatever it is called: SHA-256 of the RFC 8785 form of
 *
 * <pre>{"task", "files": [{"name", "sha256"}], "tensors", "labels", "defaults", "limits"}</pre>
 *
 * with every file but model.json and README.md, sorted by name, {@code tensors} being model.json's graphs, and the other
 * parts as they stand there, empty ones included. Name, version, card, metrics and licence are left out, so that a
 * repeated training gives the same digest.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785, JSON canonicalization scheme</a>
 */
public final class ModelDigest {
    private ModelDigest() {}

    /** The digest of what a draft becomes with these files. */
    public static Digest of(ModelDraft draft, Collection<ModelFile> files) {
        return of(draft.task(), files, draft.graphs(), draft.labels(), draft.defaults(), draft.limits());
    }

    /** The digest a manifest should have. */
    public static Digest of(ModelManifest manifest) {
        return of(
                manifest.task(),
                manifest.files(),
                manifest.graphs(),
                manifest.labels(),
                manifest.defaults(),
                manifest.limits());
    }

    private static Digest of(
            ModelTask task,
            Collection<ModelFile> files,
            List<GraphSpec> graphs,
            List<String> labels,
            Map<String, Object> defaults,
            Map<String, Long> limits) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("task", task);
        parts.put(
                "files",
                files.stream()
                        .filter(file -> !file.name().equals(PackageFiles.CARD))
                        .sorted(Comparator.comparing(ModelFile::name))
                        .map(file -> Map.of("name", file.name(), "sha256", file.sha256()))
                        .toList());
        parts.put("tensors", graphs);
        parts.put("labels", labels);
        parts.put("defaults", defaults);
        parts.put("limits", limits);
        try {
            return Digest.of(new JsonCanonicalizer(ModelJson.write(parts)).getEncodedUTF8());
        } catch (IOException e) {
            throw new IllegalArgumentException("no canonical JSON: " + e.getMessage(), e);
        }
    }
}
