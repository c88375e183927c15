package io.atelier.learn.recipe;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Diversity;
import io.atelier.learn.measure.FrechetDistance;
import io.atelier.learn.train.Judge;
import io.atelier.learn.train.Judgement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures made clothes against real ones in a judge's eyes.
 *
 * @param train real pictures the judge was trained on
 * @param test real pictures it was not
 */
record FashionMeasures(LabelledPictures train, LabelledPictures test) {

    Map<String, Double> of(LabelledPictures made, Judge judge) {
        Map<String, Double> metrics = new TreeMap<>();
        Judgement ofMade = judge.judge(made);
        Judgement ofTest = judge.judge(test);
        metrics.put("recognised", ofMade.share(made));
        metrics.put("real_recognised", ofTest.share(test));
        metrics.put("recognised_minus_real", ofMade.share(made) - ofTest.share(test));
        double diversity = diversity(ofMade, made);
        double realDiversity = diversity(ofTest, test);
        metrics.put("diversity", diversity);
        metrics.put("real_diversity", realDiversity);
        metrics.put("diversity_ratio", diversity / realDiversity);
        metrics.put("frechet", FrechetDistance.between(ofMade.features(), ofTest.features()));
        Judgement ofTrain = judge.judge(train.first(test.count()));
        metrics.put("real_frechet", FrechetDistance.between(ofTrain.features(), ofTest.features()));
        return metrics;
    }

    private static double diversity(Judgement judgement, LabelledPictures pictures) {
        return Diversity.withinClasses(
                judgement.features(), pictures.labels(), pictures.classes(), pictures.count() / pictures.classes());
    }
}
