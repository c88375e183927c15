package io.atelier.learn.exported;

import io.atelier.inference.ModelHandle;
import io.atelier.inference.Rows;
import io.atelier.inference.RunRequest;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.measure.Features;
import io.atelier.learn.nets.StyleNet;
import io.atelier.learn.train.Judge;
import io.atelier.learn.train.Judgement;
import io.atelier.learn.train.Latents;
import io.atelier.learn.train.Painter;
import io.atelier.learn.train.StyleRows;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A published version. */
public final class ExportedModel implements Judge, AutoCloseable {
    private final ModelHandle handle;

    ExportedModel(ModelHandle handle) {
        this.handle = handle;
    }

    public ModelManifest manifest() {
        return handle.manifest();
    }

    /** Judges pictures by the package's classifier. */
    @Override
    public Judgement judge(LabelledPictures pictures) {
        int classes = width("logits");
        int width = width("features");
        float[] logits = new float[pictures.count() * classes];
        float[] features = new float[pictures.count() * width];
        int size = pictures.pictureSize();
        long[] row = {pictures.channels(), pictures.height(), pictures.width()};
        for (int from = 0; from < pictures.count(); from += Latents.AT_ONCE) {
            int to = Math.min(pictures.count(), from + Latents.AT_ONCE);
            Rows image = new Rows.Floats(to - from, row, Arrays.copyOfRange(pictures.pixels(), from * size, to * size));
            Map<String, Rows> outputs = run("classifier", Map.of("image", image));
            copy(outputs, "logits", logits, from * classes);
            copy(outputs, "features", features, from * width);
        }
        return new Judgement(new Features(pictures.count(), width, features), logits);
    }

    private int width(String output) {
        return handle.manifest().graph("classifier").outputs().stream()
                .filter(tensor -> tensor.name().equals(output))
                .map(TensorSpec::shape)
                .mapToInt(shape -> Math.toIntExact(shape.getLast()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(handle.manifest().name() + " has a classifier without " + output));
    }

    /** Makes pictures by the package's generator, from the same latents as the recipe's own evaluation. */
    public LabelledPictures make(LabelledPictures form, int[] labels, long seed) {
        int latent = Math.toIntExact(
                handle.manifest().graph("generator").inputs().getFirst().shape().getLast());
        int size = form.pictureSize();
        float[] pixels = new float[labels.length * size];
        for (int from = 0; from < labels.length; from += Latents.AT_ONCE) {
            long[] part = Arrays.stream(labels, from, Math.min(labels.length, from + Latents.AT_ONCE))
                    .asLongStream()
                    .toArray();
            Map<String, Rows> inputs = Map.of(
                    "latent",
                    new Rows.Floats(part.length, new long[] {latent}, Latents.of(seed, from, part.length, latent)),
                    "label",
                    new Rows.Longs(part.length, new long[0], part));
            copy(run("generator", inputs), "image", pixels, from * size);
        }
        return new LabelledPictures(form.channels(), form.height(), form.width(), pixels, labels, form.labelNames());
    }

    /** The package's velocity network. */
    public VelocityNet velocity() {
        List<Long> shape = handle.manifest().graph("velocity").input("image").shape();
        long[] row = shape.stream().skip(1).mapToLong(Long::longValue).toArray();
        return VelocityGraph.net(row, inputs -> {
            Rows.Floats velocities =
                    (Rows.Floats) Objects.requireNonNull(run("velocity", inputs).get("velocity"));
            return velocities.values();
        });
    }

    /** The package's style network. */
    public Painter painter() {
        int channels = Math.toIntExact(
                handle.manifest().graph("stylizer").input("noise").shape().get(1));
        return (photograph, height, width, style, seed) -> {
            float[] noise = StyleRows.noise(seed, channels, height, width);
            Map<String, Rows> inputs = Map.of(
                    "image", new Rows.Floats(1, new long[] {3, height, width}, photograph),
                    "style", new Rows.Floats(1, new long[] {style.length}, style),
                    "noise",
                            new Rows.Floats(
                                    1,
                                    new long[] {channels, height / StyleNet.NOISE_SIDE, width / StyleNet.NOISE_SIDE},
                                    noise));
            Rows.Floats painted =
                    (Rows.Floats) Objects.requireNonNull(run("stylizer", inputs).get("stylised"));
            return painted.values();
        };
    }

    private Map<String, Rows> run(String graph, Map<String, Rows> inputs) {
        return handle.run(new RunRequest(
                graph, inputs, "evaluation", RunRequest.Priority.BULK, Deadline.NEVER, new Cancellation(), rows -> {}));
    }

    private static void copy(Map<String, Rows> outputs, String name, float[] into, int at) {
        Rows.Floats rows = (Rows.Floats) Objects.requireNonNull(outputs.get(name), name);
        System.arraycopy(rows.values(), 0, into, at, rows.values().length);
    }

    @Override
    public void close() {
        handle.close();
    }
}
