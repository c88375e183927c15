package io.atelier.kit.models;

import io.atelier.models.GraphSpec;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises what a {@link TinyGenerator} of the same channels, side and labels draws: its features are how much a
 * picture resembles each label's pattern. Input {@code image} (batch, channels, side, side); outputs {@code logits},
 * {@code probabilities} and {@code features}, each (batch, labels).
 *
 * @param name the model's name
 * @param channels 1 grey, 3 RGB, 4 premultiplied RGBA
 * @param side height and width in pixels
 * @param labels the labels
 * @param range the value range the manifest states; -1..1 and, with mean and deviation of one half, 0..1 are recognised
 * @param mean per channel as the manifest states it
 * @param deviation per channel as the manifest states it
 */
public record TinyClassifier(
        String name,
        int channels,
        int side,
        List<String> labels,
        String range,
        List<Float> mean,
        List<Float> deviation) {

    /** Grey 8x8 pictures of {@code circle}, {@code square} and {@code star} in -1..1. */
    public static TinyClassifier named(String name) {
        return new TinyClassifier(name, 1, 8, List.of("circle", "square", "star"), "-1..1", List.of(), List.of());
    }

    public TinyClassifier pictures(int otherChannels, int otherSide) {
        return new TinyClassifier(name, otherChannels, otherSide, labels, range, mean, deviation);
    }

    public TinyClassifier labels(String... others) {
        return new TinyClassifier(name, channels, side, List.of(others), range, mean, deviation);
    }

    /** States how pixels are brought into the tensor: scaled to the range, less the mean, over the deviation. */
    public TinyClassifier scaled(String otherRange, List<Float> otherMean, List<Float> otherDeviation) {
        return new TinyClassifier(name, channels, side, labels, otherRange, otherMean, otherDeviation);
    }

    /** The package as a draft; its files are written into the folder. */
    public ModelDraft draft(Path folder) {
        Map<String, Path> files = TinyFiles.write(folder, name, "classifier.onnx", graph());
        return new ModelDraft(
                new ModelName(name),
                ModelTask.IMAGE_CLASSIFY,
                files,
                List.of(new GraphSpec(
                        "classifier",
                        "classifier.onnx",
                        List.of(image()),
                        List.of(scores("logits"), scores("probabilities"), scores("features")))),
                labels,
                Map.of(),
                Map.of("batch", 64L),
                Optional.empty(),
                Optional.of("CC0-1.0"));
    }

    /** Publishes and promotes it; the folder takes its files meanwhile. */
    public ModelPackage publish(ModelRepository repository, Path folder) {
        return repository.publish(draft(folder), true);
    }

    private byte[] graph() {
        TinyPicture picture = new TinyPicture(channels, side);
        int count = labels.size();
        float[] patterns = picture.patterns(count);
        float[] templates = new float[patterns.length]; // (size, labels)
        for (int label = 0; label < count; label++) {
            for (int i = 0; i < picture.size(); i++) {
                templates[i * count + label] = (float) Math.tanh(patterns[label * picture.size() + i]) / picture.size();
            }
        }
        return new TinyGraph("classifier")
                .input(image())
                .output(scores("logits"))
                .output(scores("probabilities"))
                .output(scores("features"))
                .floats("templates", templates, picture.size(), count)
                .floats("sharpness", new float[] {20})
                .node("Flatten", "flat", "image")
                .node("MatMul", "features", "flat", "templates")
                .node("Mul", "logits", "features", "sharpness")
                .node("Softmax", "probabilities", "logits")
                .model();
    }

    private TensorSpec image() {
        return new TensorSpec(
                "image",
                "image",
                "float32",
                List.of(-1L, (long) channels, (long) side, (long) side),
                Optional.of("NCHW"),
                Optional.of(range),
                Optional.of(new TinyPicture(channels, side).channelNames()),
                mean,
                deviation);
    }

    private TensorSpec scores(String role) {
        return TensorSpec.of(role, role, "float32", -1L, (long) labels.size());
    }
}
