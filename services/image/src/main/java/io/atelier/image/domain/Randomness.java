package io.atelier.image.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a request says of the numbers that its pictures are made from.
 *
 * @param seed seed of all of them; default: derived from the request's key
 * @param walkTo the seed that the last picture is made from, those between lying on the way to it
 * @param truncation how far from the middle a generator's latents may lie, 0 to 1; 1 leaves them as they are drawn
 */
public record Randomness(OptionalLong seed, OptionalLong walkTo, OptionalDouble truncation) {
    /** Says nothing. */
    public static final Randomness NONE =
            new Randomness(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());

    /** Says a seed alone. */
    public static Randomness seeded(long seed) {
        return new Randomness(OptionalLong.of(seed), OptionalLong.empty(), OptionalDouble.empty());
    }

    /**
     * The numbers of these pictures; throws OUT_OF_RANGE_FIELD, CONFLICTING_FIELDS and UNSUPPORTED_FIELD.
     *
     * @param labels the index of the label for each picture
     */
    Noise of(long seed, ModelManifest manifest, int[] labels) {
        if (walkTo.isPresent()) {
            requireWalk(labels);
        }
        truncation.ifPresent(asked -> requireTruncation(asked, manifest));
        return new Noise(seed, walkTo, labels.length, truncation.orElse(1));
    }

    private static void requireWalk(int[] labels) {
        if (labels.length < 2) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "count",
                            "2.." + Limits.MAX_COUNT,
                            "A walk from seed to walk_to_seed takes 2 to " + Limits.MAX_COUNT
                                    + " pictures; give count.")
                    .exception();
        }
        if (Arrays.stream(labels).distinct().count() > 1) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            "walk_to_seed",
                            "one label",
                            "A walk from seed to walk_to_seed keeps to one label; give label.")
                    .exception();
        }
    }

    private static void requireTruncation(double asked, ModelManifest manifest) {
        if (manifest.task() != ModelTask.IMAGE_CLASS_CONDITIONAL) {
            throw Problem.field(
                            ErrorCode.UNSUPPORTED_FIELD,
                            "truncation",
                            "only for " + ModelTask.IMAGE_CLASS_CONDITIONAL.id(),
                            "The model " + manifest.name() + " does "
                                    + manifest.task().id() + " and has no latents to truncate; leave truncation out.")
                    .exception();
        }
        if (!(asked >= 0 && asked <= 1)) { // which no NaN is
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "truncation",
                            "0..1",
                            "Truncation is a number from 0 to 1, not " + asked + ".")
                    .exception();
        }
    }
}
