package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.inference.Rows;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a generator is fed and read, from its manifest.
 *
 * @param latent input (batch, ...), float32
 * @param label input of the class, where it takes one: its index as int64, (batch) or (batch, 1), or float32 (batch,
 *     classes) with 1 at the class and 0 elsewhere
 * @param output the output's name, (batch, picture), float32
 * @param image how a row of the output is a picture
 */
record Generator(TensorSpec latent, Optional<TensorSpec> label, String output, PictureTensor image) implements Maker {
    /** The graph's role in a package. */
    static final String GRAPH = "generator";

    static Generator of(ModelManifest manifest) {
        GraphSpec graph = manifest.graph(GRAPH);
        TensorSpec image = graph.output("image");
        return new Generator(
                graph.input("latent"),
                graph.inputs().stream()
                        .filter(input -> input.role().equals("label"))
                        .findFirst(),
                image.name(),
                PictureTensors.of(image, manifest));
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    public float[] make(Serving serving, Noise noise, int[] labels, Previews previews) {
        ProgressListener progress = serving.context().progress();
        return serving.run(
                serving.request(GRAPH, inputs(noise, labels), done -> progress.report(done, labels.length)), output);
    }

    /** Latents and classes. */
    private Map<String, Rows> inputs(Noise noise, int[] labels) {
        long[] row = row(latent);
        int dimensions = size(row);
        Map<String, Rows> inputs = new HashMap<>();
        inputs.put(latent.name(), new Rows.Floats(labels.length, row, noise.all(dimensions)));
        label.ifPresent(wanted -> inputs.put(wanted.name(), classes(wanted, labels)));
        return inputs;
    }

    private static Rows classes(TensorSpec label, int[] labels) {
        long[] row = row(label);
        if (label.type().equals("int64")) {
            return new Rows.Longs(
                    labels.length, row, Arrays.stream(labels).asLongStream().toArray());
        }
        int classes = size(row);
        float[] values = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            values[i * classes + labels[i]] = 1;
        }
        return new Rows.Floats(labels.length, row, values);
    }

    private static long[] row(TensorSpec tensor) {
        return tensor.shape().stream().skip(1).mapToLong(Long::longValue).toArray();
    }

    private static int size(long[] row) {
        return Math.toIntExact(Arrays.stream(row).reduce(1, Math::multiplyExact));
    }
}
