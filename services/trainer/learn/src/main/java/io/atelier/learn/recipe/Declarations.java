package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every setting that a recipe's file may give: type, bounds, meaning. Overrides are checked against it before data or
 * libtorch are touched, and the recipes' schemas are made from it.
 */
final class Declarations {
    /** Of any training. */
    static final int MOST_STEPS = 100_000_000;

    private static final String MODEL = "[a-z][a-z0-9-]{0,63}";
    private static final String MODEL_RULE = "1 to 64 lower-case letters, digits and hyphens, starting with a letter";

    private static final List<Setting> SHARED = List.of(
            text("title", ".{1,200}", "1 to 200 characters", "What the model does, in a line."),
            text("model", MODEL, MODEL_RULE, "The name to publish the model under."),
            text(
                    "init",
                    MODEL + "(@[1-9]\\d{0,17})?",
                    "none, NAME or NAME@VERSION, a name being " + MODEL_RULE,
                    "The published model of this recipe whose weights to start from; none starts from chance."),
            wholes("architecture.stages", "Channels; each stage ends in 2x2 max pooling."),
            whole("architecture.convolutions", 1, 4, "Convolutions of a stage."),
            whole("architecture.features", 1, 4096, "Width of the dense layer before the logits."),
            real("architecture.stageDropout", 0, 0.99, "Dropout after each stage."),
            real("architecture.dropout", 0, 0.99, "Dropout before the logits."),
            whole("architecture.latent", 1, 4096, "Gaussian numbers that a picture is made from."),
            whole("architecture.embedding", 1, 4096, "Numbers that stand for a label."),
            wholes("architecture.generator", "Channels; each stage doubles the side."),
            whole("architecture.residual", 0, 16, "3x3 convolutions at half size that add to what they read."),
            whole("architecture.refine", 0, 1024, "Channels at full size after the pixel shuffle; 0 leaves them out."),
            wholes(
                    "architecture.widths",
                    "Channels at half the pictures' size and at each size below, half the one above; multiples of 8."),
            whole("architecture.heads", 1, 64, "Heads of the attention; divide the last width."),
            wholes("architecture.discriminator", "Channels; each stage halves the side."),
            whole("architecture.last", 1, 4096, "Channels of the discriminator's last convolution."),
            wholes("architecture.stylizer", "Channels at full, half and quarter size."),
            whole("architecture.blocks", 1, 16, "Residual blocks of two convolutions at quarter size."),
            whole("architecture.noise", 1, 64, "Channels of noise, so that even ground need not be painted evenly."),
            text(
                    "data.paintings",
                    "[\\w-]{1,64}(,[\\w-]{1,64}){0,63}",
                    "names of files in styles, without their endings, with commas between",
                    "The paintings to learn, in the order of the labels."),
            whole("data.painting", 64, 512, "Pixels of a painting's longer side: the larger, the larger the strokes."),
            whole("data.side", 64, 512, "Side in pixels of the parts of photographs, a multiple of 16."),
            whole("data.heldOut", 1, 10_000, "Photographs held out to judge by."),
            real("loss.grain", 0, 100, "Weight of the random network's covariances; the waves' have 1."),
            real("loss.palette", 0, 100, "Weight of the colours."),
            real("loss.forms", 0, 100, "Weight of the photograph's forms."),
            real("loss.smooth", 0, 100, "Weight of differences between neighbouring pixels."),
            whole("schedule.recolouring", 0, MOST_STEPS, "Steps at the beginning that only recolour."),
            whole("data.validation", 0, 10_000_000, "Training pictures held back to watch the training."),
            real("data.balance", -2, 2, "1 draws by picture, 0 by class, 0.5 between."),
            flag("data.mirror", "Whether pictures are mirrored at random."),
            whole("data.shift", 0, 64, "Pixels that pictures are shifted by at random."),
            whole("data.cutout", 0, 64, "Side in pixels of a square cut out at random."),
            whole("schedule.epochs", 1, 100_000, "Times the training pictures are gone through."),
            whole("schedule.steps", 1, MOST_STEPS, "Steps."),
            whole("schedule.batch", 1, 4096, "Pictures of a step."),
            whole("schedule.group", 1, 64, "Pictures of a class that the discriminator compares; 1 compares none."),
            choice("schedule.optimiser", "The optimiser.", "gradient-descent", "momentum", "adam", "adamw"),
            real("schedule.beta1", 0, 0.999999, "Adam's decay of the mean."),
            real("schedule.beta2", 0, 0.999999, "Adam's decay of the square."),
            real("schedule.weightDecay", 0, 1000, "Weight decay."),
            choice(
                    "schedule.shape",
                    "How the learning rate changes.",
                    "constant",
                    "cosine",
                    "step",
                    "one-cycle",
                    "hold-cosine"),
            real("schedule.rate", 0, 1000, "The highest learning rate."),
            real("schedule.last", 0, 1, "Share of the rate that a cosine ends at."),
            real("schedule.part", 0, 1, "Share of the steps that a hold-cosine falls over."),
            whole("schedule.warmup", 0, MOST_STEPS, "Steps over which the rate rises from 0."),
            real("schedule.clip", 0, 1e6, "The longest gradient; 0 for any."),
            real("schedule.smoothing", 0, 0.99, "Label smoothing."),
            whole("schedule.patience", 0, 10_000, "Epochs without a better validation before it stops; 0 never stops."),
            real("schedule.labelDrop", 0, 1, "Share of labels that are hidden in training, for guidance."),
            real("schedule.r1", 0, 1e6, "Weight of the penalty on the discriminator's gradient."),
            whole("schedule.r1Every", 1, 1000, "Steps between two penalties."),
            real("schedule.ema", 0, 1, "Decay of the moving average, which is what is published."),
            whole("schedule.sampleEvery", 0, MOST_STEPS, "Steps between two sample sheets; 0 for none."),
            whole(
                    "schedule.checkpointEvery",
                    0,
                    MOST_STEPS,
                    "Steps between two checkpoints; 0 for the last one alone."),
            whole(
                    "evaluation.judgeEpochs",
                    1,
                    1000,
                    "Epochs of the classifier that judges, and of the one that is taught."),
            whole("evaluation.judgeSteps", 10, 1_000_000, "Steps of the classifier that judges."),
            whole("evaluation.judged", 4, 10_000, "Made pictures of each class that are judged."),
            whole("evaluation.taught", 100, 10_000, "Made pictures of each class that a classifier is taught with."),
            real("export.spread", 0.01, 100, "Spread of latents or noise: above 1 more varied and less often right."),
            choice("export.sampler", "How a flow is followed where a request says nothing.", "euler", "heun"),
            whole("export.steps", 1, 100, "In how many steps."),
            real("export.guidance", 0, 10, "1 is the wanted class's flow; above 1 more often right and less varied."),
            real("export.guidanceFrom", 0, 1, "The time guidance begins; 0 is noise, 1 the picture."),
            real("export.guidanceTo", 0, 1, "The time guidance ends."),
            choice(
                    "compute.precision",
                    "Of products; auto is bfloat16 where that is fast.",
                    "auto",
                    "float32",
                    "bfloat16"),
            choice(
                    "compute.blas",
                    "fast refuses a slow library for products, any takes what is loaded.",
                    "fast",
                    "any"));

    private final Map<String, Setting> byName = new LinkedHashMap<>();

    /** What a recipe's file may give. */
    Declarations(String recipe, Measures measures) {
        List<String> improvable =
                Stream.concat(Stream.of(Gate.NONE), measures.names().stream()).toList();
        Stream.of(
                        List.of(new Setting(
                                "name", new Kind.Choice(List.of(recipe)), "The recipe; model names the model.")),
                        SHARED,
                        measures.higher().stream()
                                .map(name -> real(
                                        "gate." + name, -1e6, 1e6, "Least " + name + " of a version that is promoted."))
                                .toList(),
                        List.of(
                                new Setting(
                                        Gate.IMPROVES,
                                        new Kind.Choice(improvable),
                                        "The figure that must be better than the current version's for a new one to be promoted.")))
                .flatMap(List::stream)
                .forEach(setting -> byName.put(setting.name(), setting));
    }

    /** A file's setting; every one must be declared. */
    Setting of(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("the recipe's file gives " + name + ", which is not declared"));
    }

    /** A problem for a name that the recipe's file does not give. */
    static Problem unknown(String name, Iterable<String> known) {
        String names = String.join(", ", known);
        return Problem.field(
                ErrorCode.UNKNOWN_FIELD, name, names, "The recipe has no setting " + name + ". It has: " + names + ".");
    }

    private static Setting whole(String name, int least, int most, String about) {
        return new Setting(name, new Kind.Whole(least, most), about);
    }

    private static Setting real(String name, double least, double most, String about) {
        return new Setting(name, new Kind.Real(least, most), about);
    }

    private static Setting flag(String name, String about) {
        return new Setting(name, new Kind.Flag(), about);
    }

    private static Setting choice(String name, String about, String... of) {
        return new Setting(name, new Kind.Choice(List.of(of)), about);
    }

    private static Setting text(String name, String form, String rule, String about) {
        return new Setting(name, new Kind.Text(Pattern.compile(form), rule), about);
    }

    private static Setting wholes(String name, String about) {
        return new Setting(name, new Kind.Wholes(8, 1, 4096), about);
    }
}
