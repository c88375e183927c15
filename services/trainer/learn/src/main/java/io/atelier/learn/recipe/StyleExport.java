package io.atelier.learn.recipe;

import io.atelier.learn.data.StylePictures;
import io.atelier.learn.nets.GivenMoments;
import io.atelier.learn.nets.OwnMoments;
import io.atelier.learn.nets.StyleNet;
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
import java.util.stream.Stream;

/**
 * Writes a style network as two graphs over the same weights: stylizer.onnx paints a whole picture and tells the moments it
 * was normalised by, tile.onnx paints a part of a picture by moments it is given.
 *
 * @param net the trained network
 * @param pictures what it learnt from
 */
record StyleExport(StyleNet net, StylePictures pictures) {
    static final String WHOLE = "stylizer";
    static final String TILE = "tile";
    static final String LICENSE = "Apache-2.0";

    private static final String USE = """
            Paints a photograph in the manner of a painting, or of a mixture of several: `style` tells how much of each, in
            the order of the labels, and sums to 1. `stylizer` takes a whole picture whose sides are multiples of 16 and
            longer than `limits.reach` pixels, and Gaussian `noise`, a number for each 4x4 pixels; other noise makes other
            strokes. Pictures that are too large for that are painted in parts: paint the picture made smaller with
            `stylizer` and take the moments it tells, then paint each part by these with `tile`, and throw away
            `limits.reach` pixels at each of its edges that is none of the picture's; parts begin at multiples of 16.""";

    private static final String DATA =
            "Paintings in the public domain, and photographs of which some, drawn by the seed, were held out.";

    private static final String LIMITS = """
            A few paintings alone, at one size of strokes whatever the picture's. style: distance from the painting's
            manner by the recipe's own loss, which is also what was trained; photograph_style is that of the photograph as
            it is, recoloured_style with the painting's mean and covariance of colours. content: distance from the
            photograph's forms, photograph_content that of the photograph as it is, whose tones are not the painting's.
            style_gain: recoloured_style over style, geometric mean over the paintings. No measure tells whether a picture
            is beautiful: look at the samples.""";

    byte[] whole(ExternalData weights) {
        OnnxGraph graph = new OnnxGraph(WHOLE, weights);
        OwnMoments<Value> own = new OwnMoments<>();
        Value painted = net.framed(new OnnxOps(graph), image(graph), style(graph), noise(graph), own);
        graph.output("stylised", painted);
        graph.output("moments", own.all());
        return graph.toBytes();
    }

    byte[] tile(ExternalData weights) {
        OnnxGraph graph = new OnnxGraph(TILE, weights);
        Value image = image(graph);
        Value style = style(graph);
        Value noise = noise(graph);
        Value moments = graph.floatInput("moments", -1, moments());
        graph.output(
                "stylised",
                net.forward(
                        new OnnxOps(graph),
                        image,
                        style,
                        noise,
                        new GivenMoments<>(moments, features -> features.shape()[1])));
        return graph.toBytes();
    }

    private static Value image(OnnxGraph graph) {
        return graph.floatInput("image", -1, 3, -1, -1);
    }

    private Value style(OnnxGraph graph) {
        return graph.floatInput("style", -1, net.shape().styles());
    }

    private Value noise(OnnxGraph graph) {
        return graph.floatInput("noise", -1, net.shape().noise(), -1, -1);
    }

    private long moments() {
        return 2L * net.shape().normalised();
    }

    private List<TensorSpec> inputs() {
        return List.of(
                picture("image", "image"),
                TensorSpec.of(
                        "style", "style", "float32", -1L, (long) net.shape().styles()),
                TensorSpec.of(
                        "noise", "noise", "float32", -1L, (long) net.shape().noise(), -1L, -1L));
    }

    private static TensorSpec picture(String name, String role) {
        return TensorSpec.of(name, role, "float32", -1L, 3L, -1L, -1L).picture("NCHW", "0..1", "rgb");
    }

    private TensorSpec momentsSpec() {
        return TensorSpec.of("moments", "moments", "float32", -1L, moments());
    }

    private List<GraphSpec> specs() {
        List<TensorSpec> withMoments =
                Stream.concat(inputs().stream(), Stream.of(momentsSpec())).toList();
        return List.of(
                new GraphSpec(WHOLE, WHOLE + ".onnx", inputs(), List.of(picture("stylised", "image"), momentsSpec())),
                new GraphSpec(TILE, TILE + ".onnx", withMoments, List.of(picture("stylised", "image"))));
    }

    ModelDraft draft(WorkContext context, Path folder, Map<String, Double> metrics, ExternalData weights) {
        Packages.write(folder.resolve(WHOLE + ".onnx"), whole(weights));
        Packages.write(folder.resolve(TILE + ".onnx"), tile(weights));
        ModelCard card = new ModelCard(context, pictures, metrics)
                .use(USE.replace('\n', ' '))
                .data(DATA)
                .limits(LIMITS.replace('\n', ' '));
        ModelDraft plain = Packages.draft(
                context,
                pictures,
                card,
                ModelTask.IMAGE_STYLE,
                LICENSE,
                folder,
                metrics,
                specs().toArray(GraphSpec[]::new));
        return plain.withParameters(Map.of(), Map.of("batch", 1L, "multiple", (long) StyleNet.MULTIPLE, "reach", (long)
                net.shape().reach()));
    }
}
