package io.atelier.models;

import io.atelier.kernel.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a publisher brings; the repository adds version, file digests and the model's digest.
 *
 * @param name the model's name
 * @param task what it does
 * @param files the package's files on disk by their names in the package, README.md (the model card) among them
 * @param graphs the ONNX graphs
 * @param labels the labels in the order of their indices
 * @param defaults defaults of request parameters
 * @param limits limits of request parameters
 * @param training where it comes from
 * @param license the licence of the weights, an SPDX id
 */
public record ModelDraft(
        ModelName name,
        ModelTask task,
        Map<String, Path> files,
        List<GraphSpec> graphs,
        List<String> labels,
        Map<String, Object> defaults,
        Map<String, Long> limits,
        Optional<Training> training,
        Optional<String> license) {

    /** This draft as a training job's work; it must say where it comes from. */
    public ModelDraft withJob(String job) {
        Training named = training.orElseThrow(() ->
                        new IllegalArgumentException(name + " says nothing of its training, so it can name no job"))
                .withJob(job);
        return new ModelDraft(name, task, files, graphs, labels, defaults, limits, Optional.of(named), license);
    }

    /** This draft with other defaults and limits of request parameters. */
    public ModelDraft withParameters(Map<String, Object> otherDefaults, Map<String, Long> otherLimits) {
        return new ModelDraft(name, task, files, graphs, labels, otherDefaults, otherLimits, training, license);
    }

    /** The manifest of this draft as a version. */
    ModelManifest manifest(long version, Digest digest, List<ModelFile> packed) {
        return new ModelManifest(
                ModelManifest.SCHEMA,
                name,
                version,
                task.kind(),
                task,
                digest,
                packed,
                graphs,
                labels,
                defaults,
                limits,
                training,
                license);
    }

    /** A draft of what a package already is, to publish it elsewhere. */
    public static ModelDraft of(ModelPackage found) {
        ModelManifest manifest = found.manifest();
        Map<String, Path> files = new TreeMap<>();
        manifest.files().forEach(file -> files.put(file.name(), found.file(file.name())));
        return new ModelDraft(
                manifest.name(),
                manifest.task(),
                files,
                manifest.graphs(),
                manifest.labels(),
                manifest.defaults(),
                manifest.limits(),
                manifest.training(),
                manifest.license());
    }
}
