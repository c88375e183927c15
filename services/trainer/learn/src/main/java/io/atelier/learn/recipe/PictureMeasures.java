package io.atelier.learn.recipe;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Diversity;
import io.atelier.learn.measure.Features;
import io.atelier.learn.measure.FrechetDistance;
import io.atelier.learn.measure.Nearest;
import io.atelier.learn.measure.Softness;
import io.atelier.learn.sheet.ContactSheet;
import io.atelier.learn.sheet.SheetStyle;
import io.atelier.learn.train.Judge;
import io.atelier.learn.train.Judgement;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Measures made pictures against real ones.
 *
 * @param train the pictures that were learnt from
 * @param heldOut those that were not
 * @param made pictures in the held-out ones' mix of classes, so that shares are comparable
 * @param even pictures of every class equally often
 */
record PictureMeasures(LabelledPictures train, LabelledPictures heldOut, LabelledPictures made, LabelledPictures even) {
    /** Pictures of a class that are made for its diversity; of the real ones all count. */
    static final int PER_CLASS = 100;

    private static final double NEAR = 0.05;
    private static final int CLOSEST_SHOWN = 16;
    private static final int SHOWN = 64;

    /** What needs no judge. */
    Map<String, Double> ofPixels() {
        Map<String, Double> metrics = new TreeMap<>();
        Nearest nearest = Nearest.of(made, train);
        Nearest ofHeldOut = Nearest.of(heldOut, train);
        metrics.put("nearest_median", nearest.median());
        metrics.put("real_nearest_median", ofHeldOut.median());
        metrics.put("nearest_share", nearest.shareBelow(NEAR));
        metrics.put("real_nearest_share", ofHeldOut.shareBelow(NEAR));
        if (train.channels() == 4) {
            metrics.put("soft_alpha", Softness.ofAlpha(made));
            metrics.put("real_soft_alpha", Softness.ofAlpha(heldOut));
        }
        double diversity = diversity(Features.ofPixels(even), even);
        double realDiversity = diversity(Features.ofPixels(train), train);
        metrics.put("diversity", diversity);
        metrics.put("real_diversity", realDiversity);
        metrics.put("diversity_ratio", diversity / realDiversity);
        return metrics;
    }

    /** What a judge says. */
    Map<String, Double> by(Judge judge) {
        Map<String, Double> metrics = new TreeMap<>();
        Judgement ofMade = judge.judge(made);
        Judgement ofHeldOut = judge.judge(heldOut);
        Features real = judge.judge(train).features();
        metrics.put("recognised", ofMade.share(made));
        metrics.put("real_recognised", ofHeldOut.share(heldOut));
        metrics.put("recognised_minus_real", ofMade.share(made) - ofHeldOut.share(heldOut));
        metrics.put("feature_diversity_ratio", diversity(judge.judge(even).features(), even) / diversity(real, train));
        metrics.put("frechet", FrechetDistance.between(ofMade.features(), real));
        metrics.put("real_frechet", FrechetDistance.between(ofHeldOut.features(), real));
        return metrics;
    }

    private static double diversity(Features features, LabelledPictures pictures) {
        return Diversity.withinClasses(features, pictures.labels(), pictures.classes(), pictures.count());
    }

    /** Writes made pictures above their nearest training pictures: the closest ones, then evenly through the rest. */
    void writeNearest(Path png, SheetStyle style) {
        float[] distances = Nearest.of(made, train).distances();
        int[] closest = IntStream.range(0, made.count())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int rest = closest.length - 1 - CLOSEST_SHOWN;
        int[] shown = IntStream.range(0, Math.min(SHOWN, closest.length))
                .map(i -> i < CLOSEST_SHOWN
                        ? closest[i]
                        : closest[CLOSEST_SHOWN + (i - CLOSEST_SHOWN) * rest / (SHOWN - CLOSEST_SHOWN)])
                .toArray();
        LabelledPictures pictures = made.select(shown);
        ContactSheet.nearest(pictures, train, Nearest.of(pictures, train), CLOSEST_SHOWN, style)
                .write(png);
    }
}
