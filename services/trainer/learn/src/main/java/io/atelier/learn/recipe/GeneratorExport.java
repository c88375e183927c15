package io.atelier.learn.recipe;

import io.atelier.inference.raw.RawLoop;
import io.atelier.learn.data.Corpus;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.nets.SpreadGenerator;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.OnnxGraph;
import io.atelier.learn.ops.OnnxOps;
import io.atelier.learn.ops.Value;
import io.atelier.learn.train.Latents;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a class-conditional generator as generator.onnx: latent and label in, image out.
 *
 * @param generator the trained generator
 * @param pictures of the form it makes
 */
record GeneratorExport(SpreadGenerator generator, LabelledPictures pictures) {
    private static final String FILE = "generator.onnx";

    byte[] graph(ExternalData weights) {
        OnnxGraph graph = new OnnxGraph("generator", weights);
        Value latent = graph.floatInput("latent", -1, generator.latent());
        Value label = graph.longInput("label", -1);
        graph.output("image", generator.forward(new OnnxOps(graph), latent, label));
        return graph.toBytes();
    }

    private GraphSpec spec() {
        return new GraphSpec(
                "generator",
                FILE,
                List.of(
                        TensorSpec.of("latent", "latent", "float32", -1L, (long) generator.latent()),
                        TensorSpec.of("label", "label", "int64", -1L)),
                List.of(TensorSpec.of(
                                "image",
                                "image",
                                "float32",
                                -1L,
                                (long) pictures.channels(),
                                (long) pictures.height(),
                                (long) pictures.width())
                        .picture("NCHW", "-1..1", Packages.channels(pictures))));
    }

    ModelDraft draft(
            WorkContext context,
            Corpus corpus,
            ModelCard card,
            String license,
            Path folder,
            Map<String, Double> metrics,
            ExternalData weights) {
        Packages.write(folder.resolve(FILE), graph(weights));
        try (RawLoop loop = RawLoop.open(folder.resolve(FILE), 1)) { // one thread: the same graph gives the same bytes
            SampleSheet sheet =
                    SampleSheet.write(folder, pictures.classes(), (labels, seed) -> make(loop, labels, seed));
            card.samples(sheet.text(FILE));
        }
        return Packages.draft(
                context, corpus, card, ModelTask.IMAGE_CLASS_CONDITIONAL, license, folder, metrics, spec());
    }

    private LabelledPictures make(RawLoop loop, int[] labels, long seed) {
        int latent = generator.latent();
        int size = pictures.pictureSize();
        float[] pixels = new float[labels.length * size];
        for (int from = 0; from < labels.length; from += Latents.AT_ONCE) {
            int count = Math.min(Latents.AT_ONCE, labels.length - from);
            float[] noise = Latents.of(seed, from, count, latent);
            for (int i = 0; i < count; i++) {
                float[] own = Arrays.copyOfRange(noise, i * latent, (i + 1) * latent);
                System.arraycopy(loop.run(own, labels[from + i]), 0, pixels, (from + i) * size, size);
            }
        }
        return new LabelledPictures(
                pictures.channels(), pictures.height(), pictures.width(), pixels, labels, pictures.labelNames());
    }
}
