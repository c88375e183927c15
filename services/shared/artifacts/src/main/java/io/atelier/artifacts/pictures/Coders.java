package io.atelier.artifacts.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The JDK's own coders, never a plug-in's, and never with a cache on disk. */
final class Coders {
    private Coders() {}

    static ImageReader reader(PictureFormat format) throws IOException {
        return find(ImageReaderSpi.class, format).createReaderInstance();
    }

    /** Encodes an image. */
    static byte[] write(BufferedImage image, PictureFormat format, Consumer<ImageWriteParam> settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriter writer = find(ImageWriterSpi.class, format).createWriterInstance();
            try {
                ImageWriteParam param = writer.getDefaultWriteParam();
                settings.accept(param);
                writer.setOutput(stream);
                writer.write(null, new IIOImage(image, null, null), param);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** The bytes behind an image of one of the byte types. */
    static byte[] pixels(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    private static <T extends ImageReaderWriterSpi> T find(Class<T> kind, PictureFormat format) {
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (all.hasNext()) {
            T one = all.next();
            if (one.getClass().getModule() == IIORegistry.class.getModule()
                    && Arrays.asList(one.getMIMETypes()).contains(format.mediaType())) {
                return one;
            }
        }
        throw new NoSuchElementException("this Java has no " + format + " coder");
    }
}
