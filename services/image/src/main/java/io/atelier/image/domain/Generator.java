package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.inference.Rows;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.Arrays;
import java.util.Map;

/**
 * How a class-conditional generator is fed and read, from its manifest.
 *
 * @param latent input (batch, dimensions), float32
 * @param label input (batch), int64
 * @param output the output's name, (batch, picture), float32
 * @param image how a row of the output is a picture
 */
record Generator(TensorSpec latent, TensorSpec label, String output, PictureTensor image) implements Maker {
    /** The graph's role in a package. */
    static final String GRAPH = "generator";

    static Generator of(ModelManifest manifest) {
        GraphSpec graph = manifest.graph(GRAPH);
        TensorSpec image = graph.output("image");
        return new Generator(
                graph.input("latent"), graph.input("label"), image.name(), PictureTensors.of(image, manifest));
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

    /** Latents and label indices. */
    private Map<String, Rows> inputs(Noise noise, int[] labels) {
        int dimensions = Math.toIntExact(latent.shape().get(1));
        long[] ids = Arrays.stream(labels).asLongStream().toArray();
        return Map.of(
                latent.name(), new Rows.Floats(labels.length, new long[] {dimensions}, noise.all(dimensions)),
                label.name(), new Rows.Longs(labels.length, new long[0], ids));
    }
}
