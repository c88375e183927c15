package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder of the four IDX files that MNIST and its kin come in, each plain or {@code .gz}:
 * {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code
 * t10k-labels-idx1-ubyte}. The t10k pair is the held-out half.
 */
public final class IdxCorpus {
    /** Fashion-MNIST's classes in the order of their indices. */
    public static final List<String> FASHION_LABELS = List.of(
            "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot");

    private static final String FASHION_ADVICE =
            "Fashion-MNIST is public (MIT licence): github.com/zalandoresearch/fashion-mnist, folder data/fashion.";
    private static final List<String> FILES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    private final Path folder;
    private final List<String> labelNames;
    private final String advice;
    private final ReadLimits limits;

    private IdxCorpus(Path folder, List<String> labelNames, String advice, ReadLimits limits) {
        this.folder = folder;
        this.labelNames = labelNames;
        this.advice = advice;
        this.limits = limits;
    }

    /** Fashion-MNIST: 60,000 and 10,000 grey 28x28 pictures of ten classes. */
    public static Corpus fashionMnist(Path folder) {
        return new IdxCorpus(folder, FASHION_LABELS, FASHION_ADVICE, ReadLimits.DEFAULT).read();
    }

    /** Any folder of the four files with these classes. */
    public static Corpus read(Path folder, List<String> labelNames, ReadLimits limits) {
        return new IdxCorpus(folder, labelNames, "Check the path.", limits).read();
    }

    private Corpus read() {
        List<Path> paths = FILES.stream().map(this::find).toList();
        LabelledPictures train = pair(paths.get(0), paths.get(1));
        LabelledPictures heldOut = pair(paths.get(2), paths.get(3));
        if (train.height() != heldOut.height() || train.width() != heldOut.width()) {
            throw Unusable.data(
                    paths.get(2) + " has pictures of " + heldOut.width() + "x" + heldOut.height(),
                    "as large as the training pictures, " + train.width() + "x" + train.height(),
                    "Take both from one source.");
        }
        SortedMap<String, Digest> digests = new TreeMap<>();
        paths.forEach(path -> digests.put(String.valueOf(path.getFileName()), Digest.ofFile(path)));
        return new Corpus(
                train,
                heldOut,
                Collections.unmodifiableSortedMap(digests),
                List.of(train.count() + " pictures to train on, " + heldOut.count() + " held out"));
    }

    private Path find(String name) {
        Path packed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        if (Files.isRegularFile(packed)) {
            return packed;
        }
        if (Files.isRegularFile(plain)) {
            return plain;
        }
        throw Unusable.missing(
                folder + " has no " + name + " (plain or .gz)", "expected are " + String.join(", ", FILES), advice);
    }

    private LabelledPictures pair(Path imageFile, Path labelFile) {
        IdxFile images = IdxFile.read(imageFile, IdxFile.IMAGES, limits);
        byte[] classes = IdxFile.read(labelFile, IdxFile.LABELS, limits).bytes();
        int[] dimensions = images.dimensions();
        if (dimensions[0] != classes.length) {
            throw Unusable.data(
                    labelFile + " has " + classes.length + " labels",
                    "one for each of the " + dimensions[0] + " pictures",
                    "Take both files from one source.");
        }
        int[] labels = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes[i] & 0xFF;
            if (labels[i] >= labelNames.size()) {
                throw Unusable.label(
                        labelFile + " gives record " + i + " the label " + labels[i],
                        "0.." + (labelNames.size() - 1),
                        "Correct that record, counted from 0, or take data of these classes.");
            }
        }
        float[] pixels = new float[images.bytes().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (images.bytes()[i] & 0xFF) / 127.5f - 1;
        }
        return new LabelledPictures(1, dimensions[1], dimensions[2], pixels, labels, labelNames);
    }
}
