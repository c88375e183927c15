package io.atelier.imports.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of the names in a graph and in the graphs within: each defined once, each used one defined, no cycle. */
public final class GraphRules {
    private final OnnxGraph graph;
    private final Set<String> outer;
    private final Set<String> given = new HashSet<>();
    private final Map<String, Integer> makers = new HashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();

    private GraphRules(OnnxGraph graph, Set<String> outer) {
        this.graph = graph;
        this.outer = outer;
    }

    /** Checks a model's operators and names. Throws FOREIGN_OPERATOR, BROKEN_GRAPH and IMPORT_TOO_LARGE. */
    public static void check(OnnxModel model) {
        Operators.check(model);
        OnnxGraph graph = model.graph();
        if (Math.max(graph.trueInputs().size(), graph.outputs().size()) > OnnxLimits.MAX_TERMINALS) {
            throw Refusal.tooLarge("inputs or outputs of the model", OnnxLimits.MAX_TERMINALS);
        }
        new GraphRules(graph, Set.of()).check();
    }

    /** Answers the names of outer values that it takes. */
    private Set<String> check() {
        define();
        List<Set<Integer>> after = uses();
        for (OnnxValue output : graph.outputs()) {
            if (!isHere(output.name()) && !outer.contains(output.name())) {
                throw Refusal.broken("nothing makes its output " + Refusal.shown(output.name()));
            }
        }
        requireNoCycle(after);
        return taken;
    }

    private void define() {
        Set<String> inputs = new HashSet<>();
        for (OnnxValue input : graph.inputs()) {
            once(input.name(), inputs.add(input.name()));
        }
        Set<String> constants = new HashSet<>();
        for (OnnxTensor constant : graph.constants()) {
            once(constant.name(), constants.add(constant.name())); // it may be an input's default
        }
        given.addAll(inputs);
        given.addAll(constants);
        for (int i = 0; i < graph.nodes().size(); i++) {
            for (String output : graph.nodes().get(i).outputs()) {
                if (!output.isEmpty()) {
                    once(output, !given.contains(output) && makers.put(output, i) == null);
                }
            }
        }
        Set<String> outputs = new HashSet<>();
        for (OnnxValue output : graph.outputs()) {
            if (!outputs.add(output.name())) {
                throw Refusal.broken("its output " + Refusal.shown(output.name()) + " stands twice");
            }
        }
    }

    private void once(String name, boolean first) {
        if (name.isEmpty()) {
            throw Refusal.broken("a value has no name");
        }
        if (!first || outer.contains(name)) {
            throw Refusal.broken("the name " + Refusal.shown(name) + " stands for two values");
        }
    }

    private boolean isHere(String name) {
        return given.contains(name) || makers.containsKey(name);
    }

    /** For each node the nodes that use what it makes. */
    private List<Set<Integer>> uses() {
        Set<String> visible = new HashSet<>();
        boolean nested =
                graph.nodes().stream().anyMatch(node -> node.graphs().findAny().isPresent());
        if (nested) {
            visible.addAll(outer);
            visible.addAll(given);
            visible.addAll(makers.keySet());
        }
        List<Set<Integer>> after = new ArrayList<>();
        graph.nodes().forEach(node -> after.add(new LinkedHashSet<>()));
        for (int i = 0; i < graph.nodes().size(); i++) {
            OnnxNode node = graph.nodes().get(i);
            Set<String> needs = new LinkedHashSet<>(node.inputs());
            needs.remove("");
            node.graphs().forEach(inner -> needs.addAll(new GraphRules(inner, visible).check()));
            for (String name : needs) {
                use(name, i, node, after);
            }
        }
        return after;
    }

    private void use(String name, int user, OnnxNode node, List<Set<Integer>> after) {
        Integer maker = makers.get(name);
        if (maker != null) {
            after.get(maker).add(user);
        } else if (outer.contains(name)) {
            taken.add(name);
        } else if (!given.contains(name)) {
            throw Refusal.broken(
                    "nothing makes the input " + Refusal.shown(name) + " of its operator " + Refusal.shown(node.op()));
        }
    }

    /** Takes away nodes that wait for none, again and again. */
    private void requireNoCycle(List<Set<Integer>> after) {
        int[] waits = new int[after.size()];
        after.forEach(users -> users.forEach(user -> waits[user]++));
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < waits.length; i++) {
            if (waits[i] == 0) {
                free.add(i);
            }
        }
        int done = 0;
        for (; !free.isEmpty(); done++) {
            for (int user : after.get(free.remove())) {
                if (--waits[user] == 0) {
                    free.add(user);
                }
            }
        }
        for (int i = 0; done < waits.length && i < waits.length; i++) {
            if (waits[i] > 0) {
                throw Refusal.broken(
                        "its operator " + Refusal.shown(graph.nodes().get(i).op()) + ", which makes "
                                + graph.nodes().get(i).outputs().stream()
                                        .findFirst()
                                        .map(Refusal::shown)
                                        .orElse("nothing")
                                + ", waits for itself in a cycle");
            }
        }
    }
}
