package io.atelier.kernel;

import java.util.SplittableRandom;

/**
 * Randomness that is the same on every machine and Java version: SplittableRandom's specified generator, Gaussian
 * numbers by the polar method on {@link StrictMath}.
 */
public final class Seeds {
    private Seeds() {}

    /** The seed of a request that names none: the first 63 bits of its key, so that a repetition draws the same. */
    public static long fromKey(RequestKey key) {
        return Long.parseUnsignedLong(key.hex().substring(0, 16), 16) & Long.MAX_VALUE;
    }

    /** An independent seed for the part of a work with this index (SplitMix64's finalizer over both). */
    public static long derive(long seed, long index) {
        return mix(seed + 0x9E3779B97F4A7C15L * (index + 1));
    }

    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Standard normal numbers.
     *
     * @see <a href="https://doi.org/10.1137/1006063">Marsaglia and Bray, A convenient method for generating normal
     *     variables (1964)</a>
     */
    public static float[] gaussians(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[count];
        for (int i = 0; i < count; i += 2) {
            double u;
            double v;
            double s;
            do {
                u = random.nextDouble(-1, 1);
                v = random.nextDouble(-1, 1);
                s = u * u + v * v;
            } while (s >= 1 || s == 0);
            double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            out[i] = (float) (u * scale);
            if (i + 1 < count) {
                out[i + 1] = (float) (v * scale);
            }
        }
        return out;
    }
}
