package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.Arrays;
import java.util.Map;

/**
 * How a flow is fed and followed. Each evaluation of the network is a run of its own, so requests at different steps share
 * runs, come and go between them, and are cancelled or late at the next one.
 *
 * @param x input (batch, picture), float32: pictures on their way
 * @param time input (batch), float32: 0 noise, 1 pictures
 * @param label input (batch), int64: an index among the labels, or their number for any class
 * @param velocity the output's name, (batch, picture), float32
 * @param image how a row is a picture
 * @param sampler how the flow is followed
 * @param anyLabel the label that stands for any class
 */
record Flow(
        TensorSpec x,
        TensorSpec time,
        TensorSpec label,
        String velocity,
        PictureTensor image,
        FlowSampler sampler,
        int anyLabel)
        implements Maker {
    /** The graph's role in a package. */
    static final String GRAPH = "velocity";

    private static final long[] SCALAR = {};

    static Flow of(ModelManifest manifest, FlowSampler sampler) {
        GraphSpec graph = manifest.graph(GRAPH);
        TensorSpec x = graph.input("image");
        return new Flow(
                x,
                graph.input("time"),
                graph.input("label"),
                graph.output("velocity").name(),
                PictureTensors.of(x, manifest),
                sampler,
                manifest.labels().size());
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(
                "steps",
                Integer.toString(sampler.steps()),
                "guidance",
                Double.toString(sampler.guidance().weight()),
                "sampler",
                sampler.solver().id());
    }

    @Override
    public float[] make(Serving serving, Noise noise, int[] labels, Previews previews) {
        return sampler.make(
                new Evaluations(serving),
                noise.all(image.size()),
                Arrays.stream(labels).asLongStream().toArray(),
                anyLabel,
                previews::at);
    }

    /** The network as it is evaluated for one request, one evaluation after another. */
    private final class Evaluations implements VelocityNet {
        private final Serving serving;
        private int done;

        Evaluations(Serving serving) {
            this.serving = serving;
        }

        @Override
        public float[] at(float[] rows, float[] times, long[] labels) {
            int count = labels.length;
            long[] row = x.shape().stream().skip(1).mapToLong(Long::longValue).toArray();
            Map<String, Rows> inputs = Map.of(
                    x.name(), new Rows.Floats(count, row, rows),
                    time.name(), new Rows.Floats(count, SCALAR, times),
                    label.name(), new Rows.Longs(count, SCALAR, labels));
            RunRequest request = serving.request(GRAPH, inputs, rowsDone -> {});
            float[] velocities = serving.run(done == 0 ? request : request.goingOn(), velocity);
            done++;
            serving.context().progress().report(done, sampler.evaluations());
            return velocities;
        }
    }
}
