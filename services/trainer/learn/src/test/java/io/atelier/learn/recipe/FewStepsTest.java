package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Guidance;
import io.atelier.inference.flow.Solver;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FewStepsTest {
    private static final Guidance GUIDANCE = new Guidance(2, 0.25, 0.75);

    @Test
    void whatIsMadeInManyEvaluationsIsMeasuredInAtMostTwelveToo() {
        FlowSampler few =
                FewSteps.of(new FlowSampler(Solver.EULER, 25, GUIDANCE, 1.1)).orElseThrow();
        assertThat(few.evaluations()).isLessThanOrEqualTo(12);
        assertThat(few.guidance()).isEqualTo(GUIDANCE);
        assertThat(few.spread()).isEqualTo(1.1);
        assertThat(FewSteps.of(new FlowSampler(Solver.HEUN, 7, GUIDANCE, 1))).isPresent();
        assertThat(FewSteps.of(new FlowSampler(Solver.HEUN, 6, GUIDANCE, 1))).isEmpty();
    }

    @Test
    void figuresOfRealPicturesAreNotRepeated() {
        Map<String, Double> metrics = new TreeMap<>(Map.of("recognised", 0.9, "real_recognised", 0.8));
        FewSteps.put(metrics, Map.of("recognised", 0.7, "real_recognised", 0.8));
        assertThat(metrics)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("recognised", 0.9, "real_recognised", 0.8, "few_recognised", 0.7));
    }
}
