package io.atelier.learn.recipe;

import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a new version may become the current one: its figures reach their least values and, where {@code
 * gate.improves} names one, that figure is better than the current version's.
 *
 * @param settings the run's settings
 * @param measures which way each figure is better
 * @param models where the current version is
 */
record Gate(Settings settings, Measures measures, ModelRepository models) {
    static final String IMPROVES = "gate.improves";
    static final String NONE = "none";

    /** Why it may not; empty when it may. */
    Optional<String> refusal(Map<String, Double> metrics) {
        List<String> reasons = new ArrayList<>();
        settings.numbersBelow("gate.").forEach((name, least) -> {
            double measured = metrics.getOrDefault(name, Double.NEGATIVE_INFINITY);
            if (!(measured >= least)) {
                reasons.add(text("%s is %.4f, below gate.%s of %.4f", name, measured, name, least));
            }
        });
        String watched = settings.text(IMPROVES);
        if (!watched.equals(NONE)) {
            current().flatMap(before -> noBetter(watched, metrics, before)).ifPresent(reasons::add);
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private Optional<ModelManifest> current() {
        ModelName name = new ModelName(settings.text("model"));
        return models.promotion(name).map(promotion -> models.manifest(ModelRef.parse(name.value())));
    }

    /** A version that nothing shows to be better is taken for none. */
    private Optional<String> noBetter(String watched, Map<String, Double> metrics, ModelManifest before) {
        String current = before.name() + "@" + before.version();
        Double old = before.training().map(Training::metrics).orElse(Map.of()).get(watched);
        Double now = metrics.get(watched);
        if (old == null || now == null) {
            return Optional.of((old == null ? "the current " + current : "the new version") + " has no " + watched
                    + " to compare");
        }
        return measures.isBetter(watched, now, old)
                ? Optional.empty()
                : Optional.of(text("%s is %.4f, no better than %.4f of the current %s", watched, now, old, current));
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
