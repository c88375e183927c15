package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.OnnxGraph;
import io.atelier.learn.ops.OnnxOps;
import io.atelier.learn.ops.Value;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a classifier as classifier.onnx: image in; logits, probabilities and features out.
 *
 * @param net the trained network
 * @param pictures of the form it takes
 */
record ClassifierExport(ConvClassifier net, LabelledPictures pictures) {
    private static final String FILE = "classifier.onnx";

    byte[] graph(ExternalData weights) {
        OnnxGraph graph = new OnnxGraph("classifier", weights);
        OnnxOps ops = new OnnxOps(graph);
        Value image = graph.floatInput("image", -1, pictures.channels(), pictures.height(), pictures.width());
        ConvClassifier.Output<Value> output = net.forward(ops, image);
        graph.output("logits", output.logits());
        graph.output("probabilities", ops.softmax(output.logits()));
        graph.output("features", output.features());
        return graph.toBytes();
    }

    private GraphSpec spec() {
        long classes = pictures.classes();
        return new GraphSpec(
                "classifier",
                FILE,
                List.of(TensorSpec.of(
                                "image",
                                "image",
                                "float32",
                                -1L,
                                (long) pictures.channels(),
                                (long) pictures.height(),
                                (long) pictures.width())
                        .picture("NCHW", "-1..1", Packages.channels(pictures))),
                List.of(
                        TensorSpec.of("logits", "logits", "float32", -1L, classes),
                        TensorSpec.of("probabilities", "probabilities", "float32", -1L, classes),
                        TensorSpec.of("features", "features", "float32", -1L, (long)
                                net.shape().features())));
    }

    ModelDraft draft(
            WorkContext context,
            Corpus corpus,
            ModelCard card,
            ModelTask task,
            String license,
            Path folder,
            Map<String, Double> metrics,
            ExternalData weights) {
        Packages.write(folder.resolve(FILE), graph(weights));
        return Packages.draft(context, corpus, card, task, license, folder, metrics, spec());
    }
}
