package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Paintings whose manner is learnt, and photographs to paint, from a folder or a .zip with the folders {@code styles} and
 * {@code content}. Larger pictures are scaled down to a longer side of {@link #LONGEST} by area averaging, smaller ones
 * stay as they are.
 *
 * @param paintings by name
 * @param photographs by name
 */
public record StylePictures(
        List<NamedPicture> paintings,
        List<NamedPicture> photographs,
        SortedMap<String, Digest> files,
        List<String> notes)
        implements Dataset {
    /** The longer side of any picture in pixels. */
    public static final int LONGEST = 512;

    private static final String PAINTINGS = "styles";
    private static final String PHOTOGRAPHS = "content";

    /** Reads all pictures; throws a problem when there are none of either kind. */
    public static StylePictures read(Path path, ReadLimits limits) {
        try (PictureFiles files = PictureFiles.open(path, limits)) {
            List<NamedPicture> paintings = read(path, files, PAINTINGS, limits);
            List<NamedPicture> photographs = read(path, files, PHOTOGRAPHS, limits);
            return new StylePictures(
                    paintings,
                    photographs,
                    files.digests(),
                    List.of(paintings.size() + " paintings, " + photographs.size() + " photographs"));
        }
    }

    private static List<NamedPicture> read(Path path, PictureFiles files, String folder, ReadLimits limits) {
        List<NamedPicture> found = new ArrayList<>();
        long values = 0;
        for (String name : files.names()) {
            String[] parts = name.split("/", -1);
            if (parts.length > 1 && parts[parts.length - 2].equals(folder)) {
                NamedPicture picture = scaled(name, Raster.decode(name, files.read(name), limits.pixels()));
                values += picture.pixels().length;
                if (values > limits.values()) {
                    throw Unusable.tooLarge(
                            "The pictures are too many",
                            "at most " + limits.values() + " values in all",
                            "Leave some out.");
                }
                found.add(picture);
            }
        }
        if (found.isEmpty()) {
            throw Unusable.missing(
                    path + " has no picture in a folder " + folder,
                    "PNG or JPEG files in the folders " + PAINTINGS + " and " + PHOTOGRAPHS,
                    "Check the path given by --data.");
        }
        return List.copyOf(found);
    }

    private static NamedPicture scaled(String file, Raster raster) {
        double scale = Math.min(1, (double) LONGEST / Math.max(raster.width(), raster.height()));
        int height = Math.max(1, (int) Math.round(raster.height() * scale));
        int width = Math.max(1, (int) Math.round(raster.width() * scale));
        PictureForm form = new PictureForm(Channels.RGB, height, width, PictureForm.Fit.SCALE);
        String name = file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
        return new NamedPicture(name, height, width, AreaScaler.planes(raster, form));
    }

    /** These paintings alone, in this order; throws a problem with the field that names the first unknown one. */
    public StylePictures withPaintings(String field, List<String> names) {
        List<NamedPicture> chosen =
                names.stream().map(name -> painting(field, name)).toList();
        return new StylePictures(chosen, photographs, files, notes);
    }

    private NamedPicture painting(String field, String name) {
        return paintings.stream()
                .filter(painting -> painting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String known = String.join(", ", labelNames());
                    return Problem.field(
                                    ErrorCode.OUT_OF_RANGE_FIELD,
                                    field,
                                    known,
                                    "The data has no painting " + name + "; it has " + known + ".")
                            .exception();
                });
    }

    /** So many photographs, drawn by a seed, that training never sees. */
    public List<NamedPicture> heldOut(long seed, int count) {
        return shuffled(seed).subList(0, count);
    }

    /** The other photographs. */
    public List<NamedPicture> training(long seed, int heldOut) {
        return shuffled(seed).subList(heldOut, photographs.size());
    }

    private List<NamedPicture> shuffled(long seed) {
        return IntStream.range(0, photographs.size())
                .mapToLong(i -> Seeds.derive(seed, i) & 0xFFFF_FFFF_0000_0000L | i)
                .sorted()
                .mapToObj(key -> photographs.get((int) key))
                .toList();
    }

    @Override
    public List<String> labelNames() {
        return paintings.stream().map(NamedPicture::name).toList();
    }
}
