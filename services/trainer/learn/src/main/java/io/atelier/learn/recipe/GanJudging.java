package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.train.GanLearner;
import java.util.Map;

/** What differs between GAN recipes once the networks are trained. */
interface GanJudging {

    Map<String, Double> judge(WorkContext context, Corpus corpus, GanLearner learner);

    /** Adds use, data and limits. */
    ModelCard card(ModelCard blank);

    /** The weights' licence, an SPDX id. */
    String license();
}
