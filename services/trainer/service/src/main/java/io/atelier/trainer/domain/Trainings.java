package io.atelier.trainer.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may be asked of the trainer, by whatever entrance. Thread-safe and blocking. */
public final class Trainings {
    /** The most overrides of an order. */
    public static final int MAX_SETTINGS = 64;
    /** The longest name of data, and the longest value of a setting, in characters. */
    public static final int MAX_TEXT = 4096;

    private final Ledger ledger;
    private final RecipeBook recipes;
    private final TrainingData data;
    private final Runnable nudge;

    /**
     * @param nudge told when there may be work, so that a free device of this process need not look for it first
     */
    public Trainings(Ledger ledger, RecipeBook recipes, TrainingData data, Runnable nudge) {
        this.ledger = ledger;
        this.recipes = recipes;
        this.data = data;
        this.nudge = nudge;
    }

    /**
     * Accepts a training, or answers the job that the same request has made before.
     *
     * @throws io.atelier.kernel.ProblemException when the order cannot be carried out, naming what is wrong with it;
     *     REQUEST_CONFLICT when the request came before with another body
     */
    public Job create(Asked asked, Order order) {
        Optional<Job> before = ledger.find(asked.key());
        if (before.isEmpty()) {
            check(order);
        }
        return add(asked, order);
    }

    /** Makes a job that goes on where one that failed or was cancelled has stopped, under that one's order. */
    public Job resume(Asked asked, JobId ended) {
        Job job = get(ended);
        if (job.state() == JobState.SUCCEEDED) {
            throw Problem.field(
                            ErrorCode.NOTHING_TO_RESUME,
                            "id",
                            "a failed or cancelled job",
                            "The job " + ended
                                    + " has trained and published its model; there is nothing to go on with.")
                    .exception();
        }
        Order order = job.order();
        return add(asked, new Order(order.recipe(), order.data(), order.settings(), order.seed(), Optional.of(ended)));
    }

    private Job add(Asked asked, Order order) {
        Job job = ledger.add(asked, order);
        nudge.run();
        return job;
    }

    public Job get(JobId id) {
        return ledger.find(id).orElseThrow(() -> unknown(id));
    }

    public List<Job> list(JobQuery query) {
        return ledger.list(query);
    }

    /** The points of a job's curve after a step, at most so many. */
    public List<Report> points(JobId id, long afterStep, int most) {
        return ledger.reports(id, afterStep, most);
    }

    /** Cancels a job and answers it as it is then: cancelled, ended before, or being published already. */
    public Job cancel(JobId id) {
        return ledger.cancel(id).orElseThrow(() -> unknown(id));
    }

    public List<RecipeInfo> recipes() {
        return recipes.all();
    }

    private void check(Order order) {
        require(order.recipe(), "recipe", "Name a recipe; ListRecipes tells which there are.");
        require(order.data(), "data", "Name the data to learn from.");
        if (order.settings().size() > MAX_SETTINGS) {
            throw tooMany(order.settings());
        }
        order.settings().forEach((name, value) -> bounded(name, value));
        bounded("data", order.data());
        recipes.check(order.recipe(), order.settings());
        data.check(order.data());
    }

    private static void require(String value, String field, String advice) {
        if (value.isEmpty()) {
            throw Problem.field(ErrorCode.MISSING_FIELD, field, "required", advice)
                    .exception();
        }
    }

    private static void bounded(String field, String value) {
        if (value.length() > MAX_TEXT || field.length() > MAX_TEXT) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            field.substring(0, Math.min(field.length(), 128)),
                            Integer.toString(MAX_TEXT),
                            "A value of an order has at most " + MAX_TEXT + " characters.")
                    .exception();
        }
    }

    private static RuntimeException tooMany(Map<String, String> settings) {
        return Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD,
                        "settings",
                        "0.." + MAX_SETTINGS,
                        "An order overrides at most " + MAX_SETTINGS + " settings, not " + settings.size() + ".")
                .exception();
    }

    private static RuntimeException unknown(JobId id) {
        return Problem.field(
                        ErrorCode.UNKNOWN_JOB,
                        "id",
                        "a known job",
                        "No training job " + id + " is here; ListTrainingJobs tells which there are.")
                .exception();
    }
}
