package io.atelier.learn.recipe;

import io.atelier.inference.flow.FlowDefaults;
import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.raw.RawGraph;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.exported.VelocityGraph;
import io.atelier.learn.nets.FlowNet;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.OnnxGraph;
import io.atelier.learn.ops.OnnxOps;
import io.atelier.learn.ops.Value;
import io.atelier.learn.train.FlowPictures;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a velocity network as velocity.onnx: pictures on their way, times and labels in, velocities out.
 *
 * @param net the trained network
 * @param pictures of the form it makes
 * @param sampler how pictures are made where a request says nothing
 */
record FlowExport(FlowNet net, LabelledPictures pictures, FlowSampler sampler) {
    static final String ROLE = "velocity";
    private static final String FILE = "velocity.onnx";
    private static final long MOST_STEPS = 100;

    byte[] graph(ExternalData weights) {
        OnnxGraph graph = new OnnxGraph(ROLE, weights);
        Value picture = graph.floatInput("x", -1, pictures.channels(), pictures.height(), pictures.width());
        Value time = graph.floatInput("time", -1);
        Value label = graph.longInput("label", -1);
        graph.output("velocity", net.forward(new OnnxOps(graph), picture, time, label));
        return graph.toBytes();
    }

    private GraphSpec spec() {
        return new GraphSpec(
                ROLE,
                FILE,
                List.of(
                        tensor("x", "image").picture("NCHW", "-1..1", Packages.channels(pictures)),
                        TensorSpec.of("time", "time", "float32", -1L),
                        TensorSpec.of("label", "label", "int64", -1L)),
                List.of(tensor("velocity", "velocity")));
    }

    private TensorSpec tensor(String name, String role) {
        return TensorSpec.of(name, role, "float32", -1L, (long) pictures.channels(), (long) pictures.height(), (long)
                pictures.width());
    }

    ModelDraft draft(
            WorkContext context,
            Corpus corpus,
            ModelCard card,
            String license,
            Path folder,
            Map<String, Double> metrics,
            ExternalData weights) {
        Path file = folder.resolve(FILE);
        Packages.write(file, graph(weights));
        try (RawGraph graph = RawGraph.open(file, 1)) { // one thread, so that the same graph gives the same bytes
            long[] row = {pictures.channels(), pictures.height(), pictures.width()};
            FlowPictures made = new FlowPictures(VelocityGraph.net(row, graph::run), sampler, pictures);
            card.samples(
                    SampleSheet.write(folder, pictures.classes(), made::make).text(FILE));
        }
        ModelDraft plain =
                Packages.draft(context, corpus, card, ModelTask.IMAGE_FLOW, license, folder, metrics, spec());
        return plain.withParameters(
                FlowDefaults.packaged(sampler), Map.of("batch", Packages.BATCH, "steps", MOST_STEPS));
    }
}
