package io.atelier.imports;

import io.atelier.imports.fit.Fit;
import io.atelier.imports.fit.Fitted;
import io.atelier.imports.onnx.GraphRules;
import io.atelier.imports.onnx.OnnxModel;
import io.atelier.imports.onnx.OnnxReader;
import io.atelier.inference.trial.Trial;
import io.atelier.kernel.Digest;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Vets a model from elsewhere and publishes it as the next version of its name. */
public final class ModelImport {
    private final ModelRepository repository;

    public ModelImport(ModelRepository repository) {
        this.repository = repository;
    }

    /**
     * Imports one model; blocks as long as its trial may take.
     *
     * @throws io.atelier.kernel.ProblemException NOT_ONNX, IMPORT_TOO_LARGE, BROKEN_GRAPH, FOREIGN_OPERATOR, UNSAFE_DATA,
     *     TRIAL_FAILED, UNFIT_MODEL, UNDECIDED, and what {@link ModelRepository#publish} throws; then nothing is kept
     */
    public Imported run(ImportRequest request) throws IOException {
        String graph = Fit.role(request.task()) + ".onnx";
        try (Scratch scratch = Scratch.open()) {
            Copies copies = new Copies(scratch.folder("package"));
            Map<String, Path> files = new TreeMap<>(Map.of(graph, copies.model(request.path(), graph)));
            OnnxModel model = OnnxReader.read(copies.made(graph));
            GraphRules.check(model);
            Fit fit = Fit.of(request.task(), model, request.told());
            files.putAll(copies.weights(request.path(), graph, model.externals()));
            Trial trial = new Trial(request.limits(copies.bytes()), scratch.folder("trial"));
            Fitted fitted = fit.read(trial.run(copies.made(graph), fit.shots()));
            files.put("README.md", card(request, model, fitted, files, scratch.folder("card")));
            return publish(request, fitted, graph, files);
        }
    }

    private static Path card(
            ImportRequest request, OnnxModel model, Fitted fitted, Map<String, Path> files, Path folder)
            throws IOException {
        Map<String, Digest> digests = new TreeMap<>();
        files.forEach((name, file) -> digests.put(name, Digest.ofFile(file)));
        return Files.writeString(folder.resolve("README.md"), Card.of(request, model, fitted, digests));
    }

    private Imported publish(ImportRequest request, Fitted fitted, String graph, Map<String, Path> files) {
        ModelPackage published = repository.publish(
                new ModelDraft(
                        request.name(),
                        request.task(),
                        files,
                        List.of(fitted.graph(Fit.role(request.task()), graph)),
                        fitted.labels(),
                        Map.of(),
                        Map.of("batch", fitted.batch()),
                        Optional.empty(),
                        request.license()),
                true);
        return new Imported(published.manifest(), fitted.found());
    }
}
