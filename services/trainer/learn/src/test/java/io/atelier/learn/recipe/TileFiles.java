package io.atelier.learn.recipe;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Tiles that can be learnt: a few for each class of the tile recipes, discs of a class's colour on its background. */
public final class TileFiles {
    private static final int SIDE = 32;
    private static final List<String> FOLDERS = List.of(
            "dngn/floor",
            "dngn/wall",
            "dngn/altars",
            "item/weapon",
            "item/armour",
            "item/ring",
            "mon/unique",
            "player/base");
    private static final int OPAQUE_CLASSES = 2; // floors and walls cover the whole tile

    private TileFiles() {}

    /** Writes so many tiles of each class; about a tenth of them will be held out. */
    public static Path write(Path folder, int perClass) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int label = 0; label < FOLDERS.size(); label++) {
            Path target = Files.createDirectories(folder.resolve(FOLDERS.get(label)));
            for (int i = 0; i < perClass; i++) {
                String name = "tile-" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + ".png";
                ImageIO.write(tile(label, random), "png", target.resolve(name).toFile());
            }
        }
        return folder;
    }

    private static BufferedImage tile(int label, SplittableRandom random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        int colour = 0xFF000000 | 0x1F2F3F * (label + 1) & 0xFFFFFF;
        double radius = random.nextDouble(11, 15);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean inside = Math.hypot(x - 15.5, y - 15.5) < radius;
                int speckle = random.nextInt(16);
                if (inside) {
                    image.setRGB(x, y, colour ^ speckle);
                } else if (label < OPAQUE_CLASSES) {
                    image.setRGB(x, y, 0xFF404040 + speckle);
                }
            }
        }
        return image;
    }
}
