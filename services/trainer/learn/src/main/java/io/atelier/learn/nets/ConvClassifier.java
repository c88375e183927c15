package io.atelier.learn.nets;

import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Norm;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.ParamStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Stages of convolution and max pooling, a dense layer whose activations are the features, and a dense layer to one logit
 * per class.
 */
public final class ConvClassifier {
    private final Shape shape;
    private final List<List<NormedConv>> stages = new ArrayList<>();
    private final Dense hidden;
    private final Dense head;

    /**
     * What to build.
     *
     * @param channels of the picture: 1, 3 or 4
     * @param side height and width of the picture in pixels
     * @param stages channels of each stage; a stage halves height and width
     * @param convolutions 3x3 convolutions per stage
     * @param features width of the dense layer
     * @param classes number of logits
     * @param stageDropout share of pixels' activations dropped after each stage but the first while training
     * @param dropout share of features dropped while training
     */
    public record Shape(
            int channels,
            int side,
            List<Integer> stages,
            int convolutions,
            int features,
            int classes,
            double stageDropout,
            double dropout) {}

    /** What it computes: features (n, features), logits (n, classes). */
    public record Output<V>(V features, V logits) {}

    private record NormedConv(Conv conv, Norm norm) {}

    public ConvClassifier(ParamStore store, Shape shape) {
        this.shape = shape;
        int in = shape.channels();
        int side = shape.side();
        for (int i = 0; i < shape.stages().size(); i++) {
            int out = shape.stages().get(i);
            List<NormedConv> stage = new ArrayList<>();
            for (int k = 0; k < shape.convolutions(); k++) {
                String name = "stage" + i + ".conv" + k;
                stage.add(new NormedConv(
                        Conv.create(store, name, in, out, 3, 1, 1, Init.he()),
                        Norm.create(store, name + ".norm", out)));
                in = out;
            }
            stages.add(stage);
            side /= 2;
        }
        hidden = Dense.create(store, "hidden", in * side * side, shape.features(), Init.he());
        head = Dense.create(store, "head", shape.features(), shape.classes(), Init.fanIn());
    }

    /** Classifies pictures (n, channels, side, side) in -1..1. */
    public <V> Output<V> forward(Ops<V> ops, V picture) {
        V x = picture;
        for (int i = 0; i < stages.size(); i++) {
            List<NormedConv> stage = stages.get(i);
            for (int k = 0; k < stage.size(); k++) {
                x = stage.get(k).conv().forward(ops, x);
                x = k == stage.size() - 1 ? ops.maxPool(x, 2) : x; // before normalising: a quarter of the work
                x = ops.relu(ops.batchNorm(x, stage.get(k).norm()));
            }
            x = i > 0 ? ops.dropout(x, shape.stageDropout()) : x;
        }
        V features = ops.relu(hidden.forward(ops, ops.reshapeRows(x, -1)));
        return new Output<>(features, head.forward(ops, ops.dropout(features, shape.dropout())));
    }

    public Shape shape() {
        return shape;
    }
}
