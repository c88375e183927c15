package io.atelier.learn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * A folder or .zip of the four IDX files that MNIST and its kin come in, each plain or {@code .gz}:
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

    private final IdxFiles files;
    private final List<String> labelNames;
    private final String advice;
    private final ReadLimits limits;

    private IdxCorpus(IdxFiles files, List<String> labelNames, String advice, ReadLimits limits) {
        this.files = files;
        this.labelNames = labelNames;
        this.advice = advice;
        this.limits = limits;
    }

    /** Fashion-MNIST: 60,000 and 10,000 grey 28x28 pictures of ten classes. */
    public static Corpus fashionMnist(Path place) {
        return read(place, FASHION_LABELS, FASHION_ADVICE, ReadLimits.DEFAULT);
    }

    /** Any folder or archive of the four files with these classes. */
    public static Corpus read(Path place, List<String> labelNames, ReadLimits limits) {
        return read(place, labelNames, "Check the path.", limits);
    }

    private static Corpus read(Path place, List<String> labelNames, String advice, ReadLimits limits) {
        try (IdxFiles files = IdxFiles.in(place, FILES.getFirst(), limits)) {
            return new IdxCorpus(files, labelNames, advice, limits).read();
        }
    }

    private Corpus read() {
        LabelledPictures train = pair(FILES.get(0), FILES.get(1));
        LabelledPictures heldOut = pair(FILES.get(2), FILES.get(3));
        if (train.height() != heldOut.height() || train.width() != heldOut.width()) {
            throw Unusable.data(
                    files.shown(FILES.get(2)) + " has pictures of " + heldOut.width() + "x" + heldOut.height(),
                    "as large as the training pictures, " + train.width() + "x" + train.height(),
                    "Take both from one source.");
        }
        return new Corpus(
                train,
                heldOut,
                Collections.unmodifiableSortedMap(files.digests(FILES)),
                List.of(train.count() + " pictures to train on, " + heldOut.count() + " held out"));
    }

    private IdxFile open(String name, int magic) {
        try {
            return IdxFile.read(
                    files.open(name)
                            .orElseThrow(() -> Unusable.missing(
                                    files + " has no " + name + " (plain or .gz)",
                                    "expected are " + String.join(", ", FILES),
                                    advice)),
                    magic,
                    limits);
        } catch (IOException e) {
            throw Unusable.unreadable(files.shown(name), e);
        }
    }

    private LabelledPictures pair(String imageFile, String labelFile) {
        IdxFile images = open(imageFile, IdxFile.IMAGES);
        byte[] classes = open(labelFile, IdxFile.LABELS).bytes();
        int[] dimensions = images.dimensions();
        if (dimensions[0] != classes.length) {
            throw Unusable.data(
                    files.shown(labelFile) + " has " + classes.length + " labels",
                    "one for each of the " + dimensions[0] + " pictures",
                    "Take both files from one source.");
        }
        int[] labels = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes[i] & 0xFF;
            if (labels[i] >= labelNames.size()) {
                throw Unusable.label(
                        files.shown(labelFile) + " gives record " + i + " the label " + labels[i],
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
