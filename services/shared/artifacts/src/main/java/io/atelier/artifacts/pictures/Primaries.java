package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * PNG's gAMA and cHRM as an ICC profile, so that one engine converts all colours.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#11cHRM">PNG specification, third edition, 11.3.2</a>
 */
final class Primaries {
    /** A gamma nearer than this to sRGB's is taken for it, as libpng does. */
    private static final double SAME_GAMMA = 0.05;

    private static final double SRGB_GAMMA = 0.45455;
    private static final int SRGB_ERROR = 1000; // of 100,000
    /** sRGB's white, red, green and blue, x and y of each, in 100,000ths. */
    private static final int[] SRGB = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};

    private static final double[] D50 = {0.9642, 1, 0.8249};
    private static final double[][] BRADFORD = {
        {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
    };

    private Primaries() {}

    /** The profile of a picture's gAMA and cHRM; empty where they are missing, senseless or sRGB's. */
    static Optional<byte[]> profile(PngChunks png) {
        Optional<Double> gamma = png.chunk("gAMA")
                .filter(data -> data.remaining() == 4)
                .map(data -> data.getInt() / 100_000.0)
                .filter(value -> value >= 0.1 && value <= 10);
        int[] points = png.chunk("cHRM")
                .filter(data -> data.remaining() == 32 && !png.header().isGrey())
                .map(Primaries::points)
                .orElse(SRGB);
        double exponent = gamma.orElse(SRGB_GAMMA);
        boolean same = Math.abs(exponent / SRGB_GAMMA - 1) < SAME_GAMMA && near(points);
        double[][] toXyz = toD50(points);
        if (same || !isSane(toXyz)) {
            return Optional.empty();
        }
        return Optional.of(write(png.header().isGrey(), toXyz, 1 / exponent));
    }

    private static int[] points(ByteBuffer data) {
        int[] points = new int[8];
        data.asIntBuffer().get(points);
        return points;
    }

    private static boolean near(int[] points) {
        for (int i = 0; i < points.length; i++) {
            if (Math.abs((long) points[i] - SRGB[i]) > SRGB_ERROR) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSane(double[][] toXyz) {
        for (double[] row : toXyz) {
            for (double value : row) {
                if (!(Math.abs(value) < 4)) {
                    return false;
                }
            }
        }
        return Math.abs(determinant(toXyz)) > 1e-4;
    }

    /** From linear RGB to XYZ, white moved to the profiles' D50; not finite where the points make no triangle. */
    private static double[][] toD50(int[] points) {
        double[] white = xyz(points, 0);
        double[][] columns = transposed(xyz(points, 1), xyz(points, 2), xyz(points, 3));
        double[] strength = times(inverse(columns), white);
        double[][] toXyz = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 3; c++) {
                toXyz[i][c] = columns[i][c] * strength[c];
            }
        }
        double[] from = times(BRADFORD, white);
        double[] to = times(BRADFORD, D50);
        double[][] scaled = new double[3][];
        double[][] cones = times(BRADFORD, toXyz);
        for (int i = 0; i < 3; i++) {
            scaled[i] = new double[] {
                cones[i][0] * to[i] / from[i], cones[i][1] * to[i] / from[i], cones[i][2] * to[i] / from[i]
            };
        }
        return times(inverse(BRADFORD), scaled);
    }

    private static double[] xyz(int[] points, int index) {
        double x = points[index * 2] / 100_000.0;
        double y = points[index * 2 + 1] / 100_000.0;
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    private static double[][] transposed(double[] a, double[] b, double[] c) {
        return new double[][] {{a[0], b[0], c[0]}, {a[1], b[1], c[1]}, {a[2], b[2], c[2]}};
    }

    private static double[] times(double[][] m, double[] v) {
        double[] out = new double[3];
        for (int i = 0; i < 3; i++) {
            out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
        }
        return out;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                out[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
            }
        }
        return out;
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    private static double[][] inverse(double[][] m) {
        double det = determinant(m);
        double[][] out = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int a = (j + 1) % 3;
                int b = (j + 2) % 3;
                int c = (i + 1) % 3;
                int d = (i + 2) % 3;
                out[i][j] = (m[a][c] * m[b][d] - m[a][d] * m[b][c]) / det;
            }
        }
        return out;
    }

    /** A profile of version 4: primaries and one parametric curve, or the curve alone for grey. */
    private static byte[] write(boolean grey, double[][] toXyz, double exponent) {
        String[] tags = grey
                ? new String[] {"wtpt", "kTRC"}
                : new String[] {"wtpt", "rTRC", "gTRC", "bTRC", "rXYZ", "gXYZ", "bXYZ"};
        int white = 128 + 4 + 12 * tags.length;
        int curve = white + 20;
        int primaries = curve + 16;
        int length = grey ? primaries : primaries + 60;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(length).putInt(0).putInt(0x04200000);
        out.put(ascii("mntr")).put(ascii(grey ? "GRAY" : "RGB ")).put(ascii("XYZ "));
        out.position(36).put(ascii("acsp"));
        out.position(68);
        fixed(out, D50);
        out.position(128).putInt(tags.length);
        for (int i = 0; i < tags.length; i++) {
            int at = i == 0 ? white : i < 4 ? curve : primaries + (i - 4) * 20;
            out.put(ascii(tags[i])).putInt(at).putInt(at == curve ? 16 : 20);
        }
        out.put(ascii("XYZ ")).putInt(0);
        fixed(out, D50);
        out.put(ascii("para")).putInt(0).putInt(0);
        fixed(out, exponent);
        for (int c = 0; !grey && c < 3; c++) {
            out.put(ascii("XYZ ")).putInt(0);
            fixed(out, toXyz[0][c], toXyz[1][c], toXyz[2][c]);
        }
        return out.array();
    }

    private static void fixed(ByteBuffer out, double... values) {
        for (double value : values) {
            out.putInt((int) Math.round(value * 65536));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
