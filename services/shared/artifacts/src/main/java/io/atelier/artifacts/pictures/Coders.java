package io.atelier.artifacts.pictures;

import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/** The JDK's own coders, never a plug-in's. */
final class Coders {
    private Coders() {}

    static ImageReader reader(PictureFormat format) throws java.io.IOException {
        return find(ImageReaderSpi.class, format).createReaderInstance();
    }

    static ImageWriter writer(PictureFormat format) throws java.io.IOException {
        return find(ImageWriterSpi.class, format).createWriterInstance();
    }

    private static <T extends ImageReaderWriterSpi> T find(Class<T> kind, PictureFormat format) {
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (all.hasNext()) {
            T one = all.next();
            if (one.getClass().getModule() == IIORegistry.class.getModule()
                    && java.util.Arrays.asList(one.getMIMETypes()).contains(format.mediaType())) {
                return one;
            }
        }
        throw new NoSuchElementException("this Java has no " + format + " coder");
    }
}
