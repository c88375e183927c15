package io.atelier.learn.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.EngineOptions;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.Progress;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.StopSignal;
import io.atelier.learn.train.TrainingLoop;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a recipe from data to a published model: train, evaluate, export, publish; each part once, however often resumed. */
public final class RecipeRun {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVALUATION = "evaluation.json";
    private static final String PUBLISHED = "published.json";

    private final Recipe recipe;
    private final Request request;
    private final ModelRepository repository;
    private final Progress progress;
    private final StopSignal stop;

    /**
     * What to train.
     *
     * @param data where the data lies
     * @param out the run's folder
     * @param overrides settings by name, as text
     * @param seed the seed; a resumed run keeps its own
     * @param resume whether to go on with the run that lies in the folder
     * @param engine device, threads, precision; {@code precision} of the settings counts where this says auto
     */
    public record Request(
            Path data,
            Path out,
            Map<String, String> overrides,
            Optional<Long> seed,
            boolean resume,
            EngineOptions engine) {}

    /**
     * How it ended.
     *
     * @param finished whether a model was published; otherwise the run was interrupted and can be resumed
     * @param model name@version of the published model
     * @param promoted whether that is now the current version
     * @param metrics what was measured
     */
    public record Result(boolean finished, Optional<String> model, boolean promoted, Map<String, Double> metrics) {}

    public RecipeRun(Recipe recipe, Request request, ModelRepository repository, Progress progress, StopSignal stop) {
        this.recipe = recipe;
        this.request = request;
        this.repository = repository;
        this.progress = progress;
        this.stop = stop;
    }

    public Result execute() {
        try (RunFolder run = RunFolder.open(request.out(), progress)) {
            Optional<String> published = run.read(PUBLISHED);
            RunSettings begun = RunSettings.of(recipe, request, run);
            if (published.isPresent()) {
                return result(parse(published.get()));
            }
            Optional<InitPackage> init = InitPackage.of(recipe, begun.settings(), run, repository);
            Corpus corpus = recipe.corpus(request.data()); // before libtorch, so that a wrong path is told at once
            corpus.notes().forEach(progress::note);
            Engine engine = Engine.start(engineOptions(begun.settings()));
            progress.note(recipe.name() + " on " + engine.description());
            WorkContext context =
                    new WorkContext(engine, begun.settings(), begun.seed(), run, stop, init.map(InitPackage::origin));
            try (Work work = recipe.open(context, corpus)) {
                LoopOptions rhythm = work.rhythm();
                init.ifPresent(from -> start(from, work, run));
                begun.keep(recipe, run);
                return train(context, work, rhythm);
            }
        }
    }

    /** A checkpoint knows better than the package it once came from. */
    private void start(InitPackage init, Work work, RunFolder run) {
        if (!run.checkpoints().any()) {
            init.load(work.weights());
            progress.note("starting from the weights of " + init.origin());
        }
        init.keep(run);
    }

    private EngineOptions engineOptions(Settings settings) {
        EngineOptions options = request.engine()
                .withAnyBlas(
                        settings.text("compute.blas", List.of("fast", "any")).equals("any"));
        String precision = settings.text("compute.precision", List.of("auto", "float32", "bfloat16"));
        return options.precision().equals("auto") ? options.withPrecision(precision) : options;
    }

    private Result train(WorkContext context, Work work, LoopOptions rhythm) {
        TrainingLoop loop = new TrainingLoop(context.engine(), rhythm, context.run(), progress, stop);
        if (loop.run(work.learner()) == TrainingLoop.End.INTERRUPTED) {
            return new Result(false, Optional.empty(), false, Map.of());
        }
        try {
            Map<String, Double> metrics = evaluate(context.run(), work);
            ModelPackage published = repository.publish(
                    work.export(context.run().freshFolder("package"), metrics), passes(context.settings(), metrics));
            return announce(context, published, metrics);
        } catch (StoppedException e) {
            progress.note("stopped while evaluating; --resume goes on from there");
            return new Result(false, Optional.empty(), false, Map.of());
        }
    }

    private Map<String, Double> evaluate(RunFolder run, Work work) {
        Optional<String> stored = run.read(EVALUATION);
        if (stored.isPresent()) {
            return numbers(parse(stored.get()));
        }
        progress.note("evaluating");
        Map<String, Double> metrics = work.evaluate();
        ObjectNode node = JSON.createObjectNode();
        metrics.forEach(node::put);
        run.write(EVALUATION, node.toPrettyString());
        metrics.forEach((name, value) -> progress.note("  %s %.4f".formatted(name, value)));
        return metrics;
    }

    private boolean passes(Settings settings, Map<String, Double> metrics) {
        boolean passes = true;
        for (Map.Entry<String, Double> gate : settings.numbersBelow("gate.").entrySet()) {
            double measured = metrics.getOrDefault(gate.getKey(), Double.NEGATIVE_INFINITY);
            if (measured < gate.getValue()) {
                progress.note("not promoted: %s is %.4f, below the gate of %.4f"
                        .formatted(gate.getKey(), measured, gate.getValue()));
                passes = false;
            }
        }
        return passes;
    }

    private Result announce(WorkContext context, ModelPackage published, Map<String, Double> metrics) {
        String model = published.manifest().name() + "@" + published.manifest().version();
        boolean promoted = repository
                .promotion(published.manifest().name())
                .filter(promotion -> promotion.version() == published.manifest().version())
                .isPresent();
        ObjectNode node = JSON.createObjectNode().put("model", model).put("promoted", promoted);
        ObjectNode numbers = node.putObject("metrics");
        metrics.forEach(numbers::put);
        context.run().write(PUBLISHED, node.toPrettyString());
        progress.note("published " + model + (promoted ? "" : ", not promoted") + " in " + published.folder());
        return result(node);
    }

    private static Result result(JsonNode node) {
        return new Result(
                true,
                Optional.of(node.path("model").asText()),
                node.path("promoted").asBoolean(),
                numbers(node.path("metrics")));
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().doubleValue()));
        return numbers;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a file of the run folder is damaged", e);
        }
    }
}
