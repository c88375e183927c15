package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.image.domain.Classified.Guess;
import io.atelier.inference.Rows;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How a classifier is fed and read, from its manifest.
 *
 * @param input input (batch, picture), float32
 * @param image how a picture is a row of the input
 * @param scores output (batch, classes), float32
 * @param areLogits whether softmax makes probabilities of the scores; else they are probabilities
 */
record Classifier(TensorSpec input, PictureTensor image, TensorSpec scores, boolean areLogits) {
    /** The graph's role in a package. */
    static final String GRAPH = "classifier";

    private static final String LOGITS = "logits";
    private static final String PROBABILITIES = "probabilities";

    static Classifier of(ModelManifest manifest) {
        GraphSpec graph = manifest.graph(GRAPH);
        TensorSpec input = graph.input("image");
        boolean areLogits =
                graph.outputs().stream().anyMatch(output -> output.role().equals(LOGITS));
        TensorSpec scores = graph.output(areLogits ? LOGITS : PROBABILITIES);
        return new Classifier(input, PictureTensors.of(input, manifest), scores, areLogits);
    }

    /** Feeds so many pictures, each asked for once; none is held longer than it takes to make a row of it. */
    Map<String, Rows> inputs(int count, IntFunction<Picture> pictures) {
        float[] rows = new float[count * image.size()];
        for (int i = 0; i < count; i++) {
            image.fromPicture(pictures.apply(i), rows, i * image.size());
        }
        long[] shape = input.shape().stream().skip(1).mapToLong(Long::longValue).toArray();
        return Map.of(input.name(), new Rows.Floats(count, shape, rows));
    }

    /** The most probable classes of each picture; of equals the lower index first. */
    List<List<Guess>> guesses(Map<String, Rows> outputs, List<String> labels, int top) {
        if (!(outputs.get(scores.name()) instanceof Rows.Floats rows)
                || rows.values().length < rows.count() * labels.size()) {
            throw new IllegalStateException("a classifier answers a float row of one score a label");
        }
        int width = rows.values().length / rows.count();
        return IntStream.range(0, rows.count())
                .mapToObj(row -> guesses(rows.values(), row * width, labels, top))
                .toList();
    }

    private List<Guess> guesses(float[] values, int from, List<String> labels, int top) {
        double[] odds = areLogits ? softmax(values, from, labels.size()) : as(values, from, labels.size());
        return IntStream.range(0, odds.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -odds[i]))
                .limit(top)
                .map(i -> new Guess(labels.get(i), i, (float) odds[i]))
                .toList();
    }

    private static double[] as(float[] values, int from, int count) {
        double[] odds = new double[count];
        for (int i = 0; i < count; i++) {
            odds[i] = values[from + i];
        }
        return odds;
    }

    private static double[] softmax(float[] values, int from, int count) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, values[from + i]);
        }
        double sum = 0;
        double[] odds = new double[count];
        for (int i = 0; i < count; i++) {
            odds[i] = StrictMath.exp(values[from + i] - highest);
            sum += odds[i];
        }
        for (int i = 0; i < count; i++) {
            odds[i] /= sum;
        }
        return odds;
    }
}
