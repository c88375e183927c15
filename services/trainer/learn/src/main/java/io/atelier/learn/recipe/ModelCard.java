package io.atelier.learn.recipe;

import io.atelier.learn.data.Dataset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model's README.md: what it is for, what it learnt from, how well it does, how it was made, what it cannot do.
 *
 * @see <a href="https://arxiv.org/abs/1810.03993">Mitchell et al., Model cards for model reporting</a>
 */
final class ModelCard {
    private final WorkContext context;
    private final Dataset corpus;
    private final Map<String, Double> metrics;
    private String use = "";
    private String data = "";
    private String limits = "";
    private String samples = "";

    ModelCard(WorkContext context, Dataset corpus, Map<String, Double> metrics) {
        this.context = context;
        this.corpus = corpus;
        this.metrics = new TreeMap<>(metrics);
    }

    ModelCard use(String text) {
        use = text;
        return this;
    }

    ModelCard data(String text) {
        data = text;
        return this;
    }

    ModelCard limits(String text) {
        limits = text;
        return this;
    }

    /** What it makes; left out for a model that makes no pictures. */
    ModelCard samples(String text) {
        samples = text;
        return this;
    }

    String text(String license) {
        Settings settings = context.settings();
        StringBuilder card = new StringBuilder();
        card.append("# ").append(settings.text("model")).append("\n\n");
        card.append(settings.text("title")).append(".\n\n");
        card.append("## Use\n\n").append(use).append("\n\n");
        card.append("Labels: ").append(String.join(", ", corpus.labelNames())).append(".\n\n");
        if (!samples.isEmpty()) {
            card.append("## Samples\n\n").append(samples).append("\n\n");
        }
        card.append("## Data\n\n").append(data).append("\n\n");
        corpus.notes().forEach(note -> card.append("- ").append(note).append('\n'));
        card.append("\n| file | SHA-256 |\n|---|---|\n");
        corpus.files().forEach((name, digest) -> card.append("| %s | %s |\n".formatted(name, digest.hex())));
        card.append("\n## Licence of the weights\n\n").append(license).append("\n\n");
        card.append("## Measured\n\n| measure | value |\n|---|---|\n");
        metrics.forEach((name, value) -> card.append(String.format(Locale.ROOT, "| %s | %.4f |%n", name, value)));
        card.append("\n## Made\n\nBy Atelier's recipe `%s`, seed %d, on %s.\n\n"
                .formatted(
                        settings.text("name"), context.seed(), context.engine().description()));
        context.origin()
                .ifPresent(origin -> card.append("It started from the weights of %s, digest %s.\n\n"
                        .formatted(origin, origin.digest().hex())));
        card.append("| setting | value |\n|---|---|\n");
        settings.texts().forEach((name, value) -> card.append("| %s | %s |\n".formatted(name, value)));
        card.append("\n## Limits\n\n").append(limits).append('\n');
        return card.toString();
    }
}
