package io.atelier.learn.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.learn.data.Dataset;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.EngineOptions;
import io.atelier.learn.train.LoopOptions;
import io.atelier.learn.train.RunFolder;
import io.atelier.learn.train.StopSignal;
import io.atelier.learn.train.TrainingEvent;
import io.atelier.learn.train.TrainingEvents;
import io.atelier.learn.train.TrainingLoop;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRepository;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes a recipe from data to a published model: train, evaluate, export, publish; each part once, however often resumed. */
public final class RecipeRun {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVALUATION = "evaluation.json";
    private static final String PUBLISHED = "published.json";

    private final Recipe<?> recipe;
    private final Request request;
    private final Repositories repositories;
    private final TrainingEvents events;
    private final StopSignal stop;

    /**
     * What to train.
     *
     * @param data brings the data and tells where it lies; asked only when the run still needs it
     * @param out the run's folder
     * @param origin brings into the run's folder what is kept of the run elsewhere
     * @param overrides settings by name, as text
     * @param seed the seed; a resumed run keeps its own
     * @param resume whether to go on with the run that lies in the folder
     * @param engine device, threads, precision; {@code precision} of the settings counts where this says auto
     */
    public record Request(
            Supplier<Path> data,
            Path out,
            Consumer<RunFolder> origin,
            Map<String, String> overrides,
            Optional<Long> seed,
            boolean resume,
            EngineOptions engine) {}

    /**
     * Where models are.
     *
     * @param target where the model is published
     * @param known where models to start from are, and the version that a new one has to be better than
     */
    public record Repositories(ModelRepository target, ModelRepository known) {}

    /**
     * How it ended.
     *
     * @param finished whether a model was published; otherwise the run was interrupted and can be resumed
     * @param model name@version of the published model
     * @param promoted whether that is now the current version
     * @param metrics what was measured
     */
    public record Result(boolean finished, Optional<String> model, boolean promoted, Map<String, Double> metrics) {
        private static final Result STOPPED = new Result(false, Optional.empty(), false, Map.of());
    }

    public RecipeRun(
            Recipe<?> recipe, Request request, Repositories repositories, TrainingEvents events, StopSignal stop) {
        this.recipe = recipe;
        this.request = request;
        this.repositories = repositories;
        this.events = events;
        this.stop = stop;
    }

    /** Throws a problem for whatever a user can put right; the last checkpoint is kept then. */
    public Result execute() {
        try (RunFolder run = RunFolder.open(request.out(), events)) {
            try {
                request.origin().accept(run);
                return execute(run);
            } catch (StoppedException e) {
                events.on(
                        new TrainingEvent.Stopped(run.checkpoints().newestStep().orElse(0)));
                return Result.STOPPED;
            } catch (RuntimeException | OutOfMemoryError e) {
                throw Failures.explained(e, run);
            }
        }
    }

    private Result execute(RunFolder run) {
        return execute(recipe, run);
    }

    private <D extends Dataset> Result execute(Recipe<D> typed, RunFolder run) {
        Optional<String> published = run.read(PUBLISHED);
        RunSettings begun = RunSettings.of(recipe, request, run);
        if (published.isPresent()) {
            return announce(parse(published.get()));
        }
        Optional<InitPackage> init = InitPackage.of(recipe, begun.settings(), run, repositories.known());
        D corpus = typed.corpus(request.data().get()); // before libtorch, so that a wrong path is told at once
        corpus.notes().forEach(events::note);
        Engine engine = Engine.start(engineOptions(begun.settings()));
        events.note(recipe.name() + " on " + engine.description());
        WorkContext context =
                new WorkContext(engine, begun.settings(), begun.seed(), run, stop, init.map(InitPackage::origin));
        try (Work work = typed.open(context, corpus)) {
            LoopOptions rhythm = work.rhythm();
            init.ifPresent(from -> start(from, work, run));
            begun.keep(recipe, run);
            return train(context, work, rhythm);
        }
    }

    /** A checkpoint knows better than the package it once came from. */
    private void start(InitPackage init, Work work, RunFolder run) {
        if (!run.checkpoints().any()) {
            init.load(work.weights());
            events.note("starting from the weights of " + init.origin());
        }
        init.keep(run);
    }

    private EngineOptions engineOptions(Settings settings) {
        EngineOptions options =
                request.engine().withAnyBlas(settings.text("compute.blas").equals("any"));
        return options.precision().equals("auto") ? options.withPrecision(settings.text("compute.precision")) : options;
    }

    private Result train(WorkContext context, Work work, LoopOptions rhythm) {
        TrainingLoop loop = new TrainingLoop(context.engine(), rhythm, context.run(), events, stop);
        if (loop.run(work.learner()) == TrainingLoop.End.INTERRUPTED) {
            return Result.STOPPED;
        }
        return publish(context, work, evaluate(context.run(), work));
    }

    private Map<String, Double> evaluate(RunFolder run, Work work) {
        events.on(new TrainingEvent.Evaluating());
        Map<String, Double> metrics =
                run.read(EVALUATION).map(stored -> numbers(parse(stored))).orElseGet(() -> measured(run, work));
        events.on(new TrainingEvent.Evaluated(metrics));
        return metrics;
    }

    private static Map<String, Double> measured(RunFolder run, Work work) {
        Map<String, Double> metrics = work.evaluate();
        ObjectNode node = JSON.createObjectNode();
        metrics.forEach(node::put);
        run.write(EVALUATION, node.toPrettyString());
        return metrics;
    }

    private Result publish(WorkContext context, Work work, Map<String, Double> metrics) {
        Optional<String> refusal =
                new Gate(context.settings(), recipe.measures(), repositories.known()).refusal(metrics);
        ModelManifest published = repositories
                .target()
                .publish(work.export(context.run().freshFolder("package"), metrics), refusal.isEmpty())
                .manifest();
        boolean promoted = repositories
                .target()
                .promotion(published.name())
                .filter(promotion -> promotion.version() == published.version())
                .isPresent();
        ObjectNode node = JSON.createObjectNode()
                .put("model", published.name() + "@" + published.version())
                .put("promoted", promoted);
        if (!promoted) {
            node.put("not_promoted_because", refusal.orElse("the model is pinned to another version"));
        }
        ObjectNode numbers = node.putObject("metrics");
        metrics.forEach(numbers::put);
        context.run().write(PUBLISHED, node.toPrettyString());
        return announce(node);
    }

    private Result announce(JsonNode published) {
        String model = published.path("model").asText();
        boolean promoted = published.path("promoted").asBoolean();
        Map<String, Double> metrics = numbers(published.path("metrics"));
        Optional<String> why =
                Optional.ofNullable(published.get("not_promoted_because")).map(JsonNode::asText);
        events.on(new TrainingEvent.Published(model, promoted, why, metrics));
        return new Result(true, Optional.of(model), promoted, metrics);
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
