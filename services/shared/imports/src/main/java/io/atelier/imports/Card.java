package io.atelier.imports;

import io.atelier.imports.fit.Fitted;
import io.atelier.imports.onnx.OnnxModel;
import io.atelier.imports.onnx.Refusal;
import io.atelier.kernel.Digest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the card of an imported model. */
final class Card {
    private Card() {}

    static String of(ImportRequest request, OnnxModel model, Fitted fitted, Map<String, Digest> files) {
        String origins = new TreeMap<>(files)
                .entrySet().stream()
                        .map(file -> "- `" + file.getKey() + "`, sha256 "
                                + file.getValue().hex())
                        .collect(Collectors.joining("\n"));
        String found = fitted.found().stream()
                .map(line -> "- " + line.replace("`", "'"))
                .collect(Collectors.joining("\n"));
        String opsets = new TreeMap<>(model.opsets())
                .entrySet().stream()
                        .map(set -> (set.getKey().isEmpty() ? "ai.onnx" : set.getKey()) + " " + set.getValue())
                        .collect(Collectors.joining(", "));
        String producer = model.producer().isEmpty() ? "unknown" : Refusal.shown(model.producer());
        return """
                # %s

                Imported with `atelier models import` for the task %s. It was not trained here: what it learnt from,
                and how well it does its work, its maker must say.

                - licence: %s
                - producer: %s
                - ONNX: form %d, operators %s

                ## Files

                %s

                ## How it is fed and read

                %s
                """.formatted(
                        request.name(),
                        request.task().id(),
                        request.license().orElse("unknown"),
                        producer.replace("`", "'"),
                        model.irVersion(),
                        opsets,
                        origins,
                        found);
    }
}
