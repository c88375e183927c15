package io.atelier.learn.data;

/**
 * What a reader of training data accepts. A file that breaks a limit is refused, never cut.
 *
 * @param entries files in a folder or entries in an archive
 * @param entryBytes bytes of one picture file
 * @param totalBytes bytes of all files together, after decompression
 * @param ratio decompressed to compressed bytes, counted from the first MiB on
 * @param pixels pixels of one picture
 * @param values floats of all pictures together, one per channel and pixel
 */
public record ReadLimits(int entries, long entryBytes, long totalBytes, int ratio, long pixels, long values) {
    /** 200,000 files, 16 MiB a picture, 4 GiB in all, ratio 200, 40 megapixels a picture, 500 million floats. */
    public static final ReadLimits DEFAULT = new ReadLimits(200_000, 16L << 20, 4L << 30, 200, 40_000_000, 500_000_000);
}
