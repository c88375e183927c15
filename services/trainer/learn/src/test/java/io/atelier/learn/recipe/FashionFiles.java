package io.atelier.learn.recipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Data in the form of Fashion-MNIST, of a few made-up pictures: each class is bright in a column of its own. */
public final class FashionFiles {
    private FashionFiles() {}

    public static Path write(Path folder, int training, int test) throws IOException {
        Files.createDirectories(folder);
        write(folder, "train", training);
        write(folder, "t10k", test);
        return folder;
    }

    private static void write(Path folder, String part, int count) throws IOException {
        SplittableRandom random = new SplittableRandom(count);
        ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = i % 10;
            labels.put((byte) label);
            for (int k = 0; k < 784; k++) {
                int column = k % 28;
                boolean bright = column / 2 == label + 2;
                images.put((byte) (bright ? 200 + random.nextInt(56) : random.nextInt(60)));
            }
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
