package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG's pixels, row by row: decompressed, unfiltered, and put where they are shown.
 *
 * <p>The JDK's reader keeps a whole picture of its own, 8 bytes a pixel for 16 bits, and copies pixel by pixel where bits
 * are packed or interlaced; 4,194,304 pixels took it 2 s. Here two rows are kept, and what is behind the last row is never
 * decompressed.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#9Filters">PNG specification, third edition, 9 and 8.1</a>
 */
final class PngPixels {
    /** Adam7: first column and row of each pass, and how far its columns and rows are apart. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};
    /** Pixels that are converted together: a call of the colour engine costs more than a few of them. */
    private static final int TOGETHER = 4096;

    private final PngHeader header;
    private final byte[] compressed;
    private final Optional<int[]> clear;
    private final Samples.Step step;
    private final Canvas canvas;
    private final int samplesPerPixel;
    private final int bands;

    private PngPixels(PngChunks png, Optional<ColourChange> change) {
        header = png.header();
        compressed = png.pixels();
        samplesPerPixel = header.samplesPerPixel();
        Optional<PngPalette> palette = PngPalette.of(png);
        clear = palette.isPresent() ? Optional.empty() : png.clearColour();
        bands = samplesPerPixel + (clear.isPresent() ? 1 : 0);
        step = palette.map(colours -> Samples.palette(colours, change))
                .orElseGet(() -> Samples.plain(bands, header.depth() == 16, change));
        int channels = Samples.channels(palette.map(PngPalette::bands).orElse(bands));
        canvas = new Canvas((int) header.width(), (int) header.height(), channels, png.orientation());
    }

    /** Reads them; throws {@link NotPixels} where they are damaged or too few. */
    static Picture read(PngChunks png, Optional<ColourChange> change) throws NotPixels {
        PngPixels pixels = new PngPixels(png, change);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(pixels.compressed);
            for (int[] pass : pixels.header.interlaced() ? PASSES : ONE_PASS) {
                pixels.pass(inflater, pass);
            }
        } catch (DataFormatException e) {
            throw new NotPixels("the PNG's pixels cannot be decompressed");
        } finally {
            inflater.end();
        }
        return pixels.canvas.picture();
    }

    private void pass(Inflater inflater, int[] pass) throws NotPixels, DataFormatException {
        int width = Math.ceilDiv((int) header.width() - pass[0], pass[2]);
        int height = Math.ceilDiv((int) header.height() - pass[1], pass[3]);
        if (width < 1 || height < 1) {
            return;
        }
        int bits = samplesPerPixel * header.depth();
        byte[] row = new byte[1 + (int) (((long) width * bits + 7) / 8)];
        byte[] above = new byte[row.length];
        int together = Math.min(height, Math.max(1, TOGETHER / width));
        int[] samples = new int[together * width * bands];
        byte[] made = new byte[together * width * 4];
        for (int y = 0, ready = 0; y < height; y++) {
            inflate(inflater, row);
            unfilter(row, above, Math.max(1, bits / 8));
            unpack(row, samples, ready++ * width * bands, width);
            byte[] done = above;
            above = row;
            row = done;
            if (ready == together || y == height - 1) {
                step.make(samples, ready * width, made);
                for (int i = 0; i < ready; i++) {
                    canvas.put(made, i * width, width, pass[0], pass[2], pass[1] + (y - ready + 1 + i) * pass[3]);
                }
                ready = 0;
            }
        }
    }

    private static void inflate(Inflater inflater, byte[] row) throws NotPixels, DataFormatException {
        int read = 0;
        while (read < row.length) {
            int more = inflater.inflate(row, read, row.length - read);
            if (more == 0) {
                throw new NotPixels(
                        inflater.needsDictionary()
                                ? "the PNG's pixels cannot be decompressed"
                                : "the PNG's pixels are fewer than its header says");
            }
            read += more;
        }
    }

    /** Undoes a row's filter; its first byte says which. */
    private static void unfilter(byte[] row, byte[] above, int pixel) throws NotPixels {
        switch (row[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1 + pixel; i < row.length; i++) {
                    row[i] += row[i - pixel];
                }
            }
            case 2 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < row.length; i++) {
                    int left = i > pixel ? row[i - pixel] & 0xFF : 0;
                    row[i] += (byte) ((left + (above[i] & 0xFF)) / 2);
                }
            }
            case 4 -> {
                for (int i = 1; i < row.length; i++) {
                    int left = i > pixel ? row[i - pixel] & 0xFF : 0;
                    int corner = i > pixel ? above[i - pixel] & 0xFF : 0;
                    row[i] += (byte) paeth(left, above[i] & 0xFF, corner);
                }
            }
            default -> throw new NotPixels("the PNG's rows have a filter " + (row[0] & 0xFF));
        }
    }

    private static int paeth(int left, int above, int corner) {
        int toLeft = Math.abs(above - corner);
        int toAbove = Math.abs(left - corner);
        int toCorner = Math.abs(left + above - 2 * corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    /** Samples of a row, with alpha behind them where one colour is transparent. */
    private void unpack(byte[] row, int[] samples, int at, int width) {
        int depth = header.depth();
        int count = width * samplesPerPixel;
        if (depth == 16) {
            for (int i = 0; i < count; i++) {
                samples[at + i] = (row[1 + i * 2] & 0xFF) << 8 | row[2 + i * 2] & 0xFF;
            }
        } else if (depth == 8) {
            for (int i = 0; i < count; i++) {
                samples[at + i] = row[1 + i] & 0xFF;
            }
        } else {
            int mask = (1 << depth) - 1;
            for (int i = 0; i < count; i++) {
                int bit = i * depth;
                samples[at + i] = row[1 + bit / 8] >> 8 - depth - bit % 8 & mask;
            }
        }
        if (clear.isPresent()) {
            addAlpha(samples, at, width, clear.get());
        }
    }

    private void addAlpha(int[] samples, int at, int width, int[] colour) {
        int opaque = (1 << header.depth()) - 1;
        for (int i = width - 1; i >= 0; i--) {
            boolean same = true;
            for (int c = samplesPerPixel - 1; c >= 0; c--) {
                int sample = samples[at + i * samplesPerPixel + c];
                same &= sample == colour[c];
                samples[at + i * bands + c] = sample;
            }
            samples[at + i * bands + samplesPerPixel] = same ? 0 : opaque;
        }
    }
}
