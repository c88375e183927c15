package io.atelier.learn.recipe;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Small paintings and photographs: stripes of a direction for the former, discs for the latter. */
public final class StylePictureFiles {
    public static final List<String> PAINTINGS = List.of("level", "steep", "upright");

    private StylePictureFiles() {}

    /** Writes three paintings and so many photographs of 80x96 and 96x80 pixels. */
    public static Path write(Path folder, int photographs) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Path styles = Files.createDirectories(folder.resolve("styles"));
        for (int i = 0; i < PAINTINGS.size(); i++) {
            double angle = 0.8 * i;
            BufferedImage image = new BufferedImage(88, 72, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 72; y++) {
                for (int x = 0; x < 88; x++) {
                    double wave = Math.sin(1.4 * (x * Math.sin(angle) + y * Math.cos(angle)));
                    image.setRGB(x, y, wave > random.nextDouble(-0.5, 0.5) ? 0xC0A040 - 0x301000 * i : 0x203080);
                }
            }
            ImageIO.write(
                    image, "png", styles.resolve(PAINTINGS.get(i) + ".png").toFile());
        }
        Path content = Files.createDirectories(folder.resolve("content"));
        for (int i = 0; i < photographs; i++) {
            int width = i % 2 == 0 ? 80 : 96;
            int height = 176 - width;
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            int radius = random.nextInt(12, 36);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean inside = Math.hypot(x - width / 2.0, y - height / 2.0) < radius;
                    image.setRGB(x, y, (inside ? 0xB04030 : 0x60A0D0) + random.nextInt(16) * 0x010101);
                }
            }
            ImageIO.write(
                    image, "png", content.resolve("photograph" + i + ".png").toFile());
        }
        return folder;
    }
}
