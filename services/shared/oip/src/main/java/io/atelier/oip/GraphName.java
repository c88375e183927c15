package io.atelier.oip;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The graph that a request names.
 *
 * @param text the name as the caller wrote it
 * @param model the model, and the version where one is named
 * @param role the graph's role in the package; empty for the only graph
 */
public record GraphName(String text, ModelRef model, Optional<String> role) {
    private static final char PART = '.';

    /**
     * Reads the protocol's name and version.
     *
     * @param name {@code NAME} or {@code NAME.ROLE}
     * @param version a whole number from 1, or empty for the promoted one
     * @throws io.atelier.kernel.ProblemException MISSING_FIELD or MALFORMED_MODEL_NAME
     */
    public static GraphName of(String name, String version) {
        if (name.isEmpty()) {
            throw Problem.field(
                            ErrorCode.MISSING_FIELD,
                            "model",
                            "required",
                            "Name a model; the repository's index tells which there are.")
                    .exception();
        }
        int part = name.indexOf(PART);
        ModelName model = new ModelName(part < 0 ? name : name.substring(0, part));
        Optional<String> role = part < 0 ? Optional.empty() : Optional.of(name.substring(part + 1));
        return new GraphName(name, new ModelRef(model, number(version)), role);
    }

    private static OptionalLong number(String version) {
        if (version.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(version);
            if (number >= 1) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            // answered below, like a number below 1
        }
        throw Problem.field(
                        ErrorCode.MALFORMED_MODEL_NAME,
                        "version",
                        "a whole number from 1",
                        "A version is a whole number from 1; leave it out for the promoted one.")
                .exception();
    }

    /** How a graph of a package is addressed. */
    static String address(ModelManifest manifest, String role) {
        return manifest.graphs().size() == 1
                ? manifest.name().value()
                : manifest.name().value() + PART + role;
    }

    /** Whether it means a graph, or one of the graphs that a model's bare name stands for. */
    boolean means(ModelName otherModel, long version, String otherRole) {
        return model.name().equals(otherModel)
                && (model.version().isEmpty() || model.version().getAsLong() == version)
                && role.map(otherRole::equals).orElse(true);
    }

    /** The graph of a package that it means; throws UNKNOWN_MODEL or UNNAMED_GRAPH. */
    GraphSpec in(ModelManifest manifest) {
        List<GraphSpec> graphs = manifest.graphs();
        if (role.isEmpty() && graphs.size() == 1) {
            return graphs.getFirst();
        }
        String known = String.join(
                ", ",
                graphs.stream().map(graph -> address(manifest, graph.role())).toList());
        if (role.isEmpty()) {
            throw Problem.field(
                            ErrorCode.UNNAMED_GRAPH,
                            "model",
                            known,
                            "The model " + model.name() + " has several graphs; name one of them: " + known + ".")
                    .exception();
        }
        return graphs.stream()
                .filter(graph -> graph.role().equals(role.get()))
                .findFirst()
                .orElseThrow(() -> Problem.field(
                                ErrorCode.UNKNOWN_MODEL,
                                "model",
                                known,
                                "The model " + model.name() + " has no graph of this role; there are: " + known + ".")
                        .exception());
    }
}
