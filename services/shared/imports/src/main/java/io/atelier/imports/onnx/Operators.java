package io.atelier.imports.onnx;

import java.util.Set;

/** Which operators a model from elsewhere may have. */
final class Operators {
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx.ml", "com.microsoft");

    /** They draw numbers that no request's seed decides. */
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial");

    private Operators() {}

    /** A domain by its one name: ai.onnx is the empty one. */
    static String domain(String written) {
        return written.equals("ai.onnx") ? "" : written;
    }

    /** Refuses every operator outside the domains, and those whose results no request decides. */
    static void check(OnnxModel model) {
        for (String domain : model.opsets().keySet()) {
            if (!DOMAINS.contains(domain)) {
                throw Refusal.foreign("it asks for operators of the domain " + Refusal.shown(domain)
                        + "; those of ai.onnx, ai.onnx.ml and com.microsoft are served");
            }
        }
        if (!model.opsets().containsKey("")) {
            throw Refusal.foreign("it does not say which operator set of ai.onnx it needs");
        }
        check(model.graph(), model);
    }

    private static void check(OnnxGraph graph, OnnxModel model) {
        for (OnnxNode node : graph.nodes()) {
            if (node.op().isEmpty()) {
                throw Refusal.broken("a node names no operator");
            }
            if (!model.opsets().containsKey(node.domain())) {
                throw Refusal.foreign("its operator " + Refusal.shown(node.op()) + " is of the domain "
                        + Refusal.shown(node.domain()) + ", which it does not import");
            }
            if (RANDOM.contains(node.op()) && node.domain().isEmpty()) {
                throw Refusal.foreign("its operator " + Refusal.shown(node.op())
                        + " draws numbers that no request's seed decides; make them an input of the graph");
            }
            node.graphs().forEach(inner -> check(inner, model));
        }
    }
}
