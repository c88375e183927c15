package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.pictures.Transparency;
import io.atelier.image.domain.Photograph.Size;
import io.atelier.inference.Rows;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How a style network is fed and read, from its manifest: a graph {@code stylizer} for whole pictures and, where its parts
 * can be painted as the whole is, a graph {@code tile} that is told the whole's moments. Inputs by role: image, and where the
 * network has them style (1, labels), noise (1, k, h / 4, w / 4) and moments (1, m).
 *
 * @param whole the graph for whole pictures
 * @param tile the graph for parts
 * @param multiple what sides and offsets are multiples of
 * @param reach the pixels around a pixel that can change it; the graph for whole pictures wants sides that are longer
 */
record Stylizer(ModelManifest manifest, GraphSpec whole, Optional<GraphSpec> tile, int multiple, int reach) {
    private static final String WHOLE = "stylizer";
    private static final String TILE = "tile";
    private static final String IMAGE = "image";
    private static final String STYLE = "style";
    private static final String NOISE = "noise";
    private static final String MOMENTS = "moments";

    /** The noise has a number for a square of this side. */
    static final int NOISE_SIDE = 4;

    /** Of networks that do not tell: two halvings are usual and four are safe, and few look farther than 64 pixels. */
    private static final long USUAL_MULTIPLE = 16;

    private static final long USUAL_REACH = 64;

    /**
     * What a run gave.
     *
     * @param picture three channels, as large as what was shown
     * @param moments what the picture was normalised by; empty of graphs that do not tell
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Painted(Picture picture, float[] moments) {}

    /**
     * What a network is shown beside a picture.
     *
     * @param style the share of each label, in their order
     * @param noise for the picture's place, (k, h / 4, w / 4)
     * @param moments of the whole
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Beside(float[] style, float[] noise, float[] moments) {}

    /** Throws BROKEN_PACKAGE when a manifest does not describe such a network. */
    static Stylizer of(ModelManifest manifest) {
        try {
            Optional<GraphSpec> tile = manifest.graphs().stream()
                    .filter(graph -> graph.role().equals(TILE))
                    .findFirst();
            Stylizer stylizer = new Stylizer(
                    manifest,
                    manifest.graph(WHOLE),
                    tile,
                    limit(manifest, "multiple", USUAL_MULTIPLE),
                    limit(manifest, "reach", USUAL_REACH));
            stylizer.check();
            return stylizer;
        } catch (IllegalArgumentException e) {
            throw broken(manifest, String.valueOf(e.getMessage())).exception(e);
        }
    }

    private static int limit(ModelManifest manifest, String name, long usual) {
        long limit = manifest.limits().getOrDefault(name, usual);
        if (limit < 1 || limit > 1024) {
            throw new IllegalArgumentException("its limit " + name + " is " + limit);
        }
        return (int) limit;
    }

    private void check() {
        whole.input(IMAGE);
        whole.output(IMAGE);
        if (tile.isPresent()) {
            whole.output(MOMENTS);
            tile.get().input(MOMENTS);
            tile.get().output(IMAGE);
        }
        Optional<TensorSpec> style = input(whole, STYLE);
        if (style.isPresent() && size(style.get(), 1) != manifest.labels().size()) {
            throw new IllegalArgumentException("its labels are not as many as its styles");
        }
        if (input(whole, NOISE).isPresent() && multiple % NOISE_SIDE != 0) {
            throw new IllegalArgumentException("its noise has no number for each " + NOISE_SIDE + " pixels of a side");
        }
        if (isFixed() && (tile.isPresent() || input(whole, NOISE).isPresent())) {
            throw new IllegalArgumentException("a network of one size has neither parts nor noise");
        }
    }

    /** Whether there is a style to choose. */
    boolean hasStyles() {
        return manifest.labels().size() > 1 && input(whole, STYLE).isPresent();
    }

    /** Whether the network takes one size alone. */
    boolean isFixed() {
        TensorSpec image = whole.input(IMAGE);
        return PictureTensors.side(image, 0, manifest) > 0 && PictureTensors.side(image, 1, manifest) > 0;
    }

    /** The one size of a fixed network. */
    Size fixedSize() {
        TensorSpec image = whole.input(IMAGE);
        return new Size(PictureTensors.side(image, 1, manifest), PictureTensors.side(image, 0, manifest));
    }

    /** As large as a picture must be made for a network that takes any size. */
    Size padded(Size size) {
        return new Size(padded(size.width()), padded(size.height()));
    }

    private int padded(int side) {
        return Math.ceilDiv(Math.max(side, reach + 1), multiple)
                * multiple; // a graph mirrors pictures by its reach at most
    }

    /** Channels of noise; 0 of networks without. */
    int noiseChannels() {
        return input(whole, NOISE).map(noise -> size(noise, 1)).orElse(0);
    }

    /** Shares by label as the network takes them. */
    float[] style(SortedMap<String, Double> shares) {
        List<String> labels = manifest.labels();
        float[] style = new float[labels.size()];
        if (labels.size() == 1) {
            style[0] = 1;
        }
        shares.forEach((label, share) -> style[labels.indexOf(label)] = share.floatValue());
        return style;
    }

    /** What a graph takes, one row of each input. */
    Map<String, Rows> inputs(GraphSpec graph, Picture part, Beside beside) {
        Map<String, Rows> inputs = new HashMap<>();
        for (TensorSpec spec : graph.inputs()) {
            inputs.put(
                    spec.name(),
                    switch (spec.role()) {
                        case IMAGE -> image(spec, part);
                        case STYLE -> row(beside.style(), beside.style().length);
                        case NOISE ->
                            row(beside.noise(), size(spec, 1), part.height() / NOISE_SIDE, part.width() / NOISE_SIDE);
                        case MOMENTS -> row(beside.moments(), beside.moments().length);
                        default ->
                            throw broken(manifest, "this service knows no input of the role " + spec.role())
                                    .exception();
                    });
        }
        return inputs;
    }

    private Rows image(TensorSpec spec, Picture part) {
        PictureTensor tensor = PictureTensors.of(spec, part.height(), part.width(), manifest);
        float[] values = new float[tensor.size()];
        tensor.fromPicture(part, values, 0);
        long channels = tensor.channels().count();
        return tensor.channelsLast()
                ? row(values, part.height(), part.width(), channels)
                : row(values, channels, part.height(), part.width());
    }

    private static Rows row(float[] values, long... shape) {
        return new Rows.Floats(1, shape, values);
    }

    /** What a graph answered to a part. */
    Painted painted(GraphSpec graph, Map<String, Rows> outputs, Picture part) {
        TensorSpec output = graph.output(IMAGE);
        TensorSpec told = output.layout().isPresent() ? output : graph.input(IMAGE);
        PictureTensor tensor = PictureTensors.of(told, part.height(), part.width(), manifest);
        float[] values = Serving.floats(outputs, output.name()).values();
        if (values.length != tensor.size()) {
            throw broken(manifest, "its pictures are not as large as those it is shown")
                    .exception();
        }
        float[] moments = graph.outputs().stream()
                .filter(spec -> spec.role().equals(MOMENTS))
                .findFirst()
                .map(spec -> Serving.floats(outputs, spec.name()).values())
                .orElse(new float[0]);
        return new Painted(Transparency.colours(tensor.toPicture(values, 0)), moments);
    }

    private static Optional<TensorSpec> input(GraphSpec graph, String role) {
        return graph.inputs().stream()
                .filter(input -> input.role().equals(role))
                .findFirst();
    }

    private static int size(TensorSpec spec, int axis) {
        return axis < spec.shape().size() ? Math.toIntExact(spec.shape().get(axis)) : 0;
    }

    private static Problem broken(ModelManifest manifest, String why) {
        return Problem.of(
                ErrorCode.BROKEN_PACKAGE,
                "The model " + manifest.name() + "@" + manifest.version() + " does not describe a style network: " + why
                        + ".");
    }
}
