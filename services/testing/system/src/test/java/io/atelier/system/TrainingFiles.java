package io.atelier.system;

import io.atelier.proto.trainer.v1.CreateTrainingJobRequest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Made-up data that a training learns in a second or two, and data that none can learn from. */
record TrainingFiles(Path root) {
    static final int CHECKPOINT_EVERY = 20;

    private static final int PICTURES = 300;
    static final int EPOCHS = 10;
    private static final int STEPS_AN_EPOCH = 14; // (300 - 20 for validation) / 20
    static final int STEPS = EPOCHS * STEPS_AN_EPOCH;

    static TrainingFiles in(Path root) {
        TrainingFiles files = new TrainingFiles(root);
        files.fashion("good", 10);
        return files;
    }

    /** A training with a checkpoint every few steps. Whatever its model is called, it leads to the same. */
    CreateTrainingJobRequest.Builder order(String model) {
        return order(model, EPOCHS);
    }

    /** As {@link #order(String)} with as many epochs as wanted. */
    CreateTrainingJobRequest.Builder order(String model, int epochs) {
        return CreateTrainingJobRequest.newBuilder()
                .setRecipe("cnn-fashion")
                .setData(root.resolve("good").toString())
                .setSeed(7)
                .putAllSettings(settings(model, epochs));
    }

    Map<String, String> settings(String model, int epochs) {
        return Map.of(
                "model", model,
                "architecture.stages", "[4,6,8]",
                "architecture.features", "24",
                "data.validation", "20",
                "schedule.batch", "20",
                "schedule.epochs", Integer.toString(epochs),
                "schedule.checkpointEvery", Integer.toString(CHECKPOINT_EVERY),
                "gate.accuracy", "0");
    }

    /** Data in the form of Fashion-MNIST, with labels below a bound: each class is bright in a column of its own. */
    Path fashion(String name, int classes) {
        Path folder = folder(name);
        pair(folder, "train", PICTURES, classes);
        pair(folder, "t10k", 100, classes);
        return folder;
    }

    private static void pair(Path folder, String part, int count, int classes) {
        SplittableRandom random = new SplittableRandom(count);
        ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = i % classes;
            labels.put((byte) label);
            for (int k = 0; k < 784; k++) {
                boolean bright = k % 28 / 2 == label + 2;
                images.put((byte) (bright ? 200 + random.nextInt(56) : random.nextInt(60)));
            }
        }
        write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }

    /** Tiles as gan-tiles wants them, one of them cut off. */
    Path tilesWithACorruptOne(String name) {
        for (String kind : List.of("dngn/floor", "item/ring")) {
            Path folder = folder(name + "/" + kind);
            for (int i = 0; i < 4; i++) {
                tile(folder.resolve("tile" + i + ".png"), i);
            }
        }
        Path broken = root.resolve(name + "/dngn/floor/tile3.png");
        byte[] whole = read(broken);
        write(broken, Arrays.copyOf(whole, whole.length / 2));
        return root.resolve(name);
    }

    private static void tile(Path file, int shade) {
        BufferedImage tile = new BufferedImage(32, 32, BufferedImage.TYPE_INT_ARGB);
        for (int k = 0; k < 1024; k++) {
            tile.setRGB(k % 32, k / 32, 0xFF000000 | shade * 40 << 8 | k % 251);
        }
        try {
            ImageIO.write(tile, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder's files. */
    Path copy(String from, String to) {
        Path folder = folder(to);
        try (Stream<Path> files = Files.list(root.resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** The files of a folder as a zip archive. */
    byte[] archive(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.list(root.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                zip.putNextEntry(new ZipEntry(String.valueOf(file.getFileName())));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An archive with a name that is no UTF-8. */
    Path archiveWithAForeignName(String name) {
        Path archive = root.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive), StandardCharsets.ISO_8859_1)) {
            zip.putNextEntry(new ZipEntry("dngn/floor/caf\u00e9.png"));
            zip.write(new byte[] {1});
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }

    Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
