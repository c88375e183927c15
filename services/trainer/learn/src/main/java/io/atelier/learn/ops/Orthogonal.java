package io.atelier.learn.ops;

import io.atelier.kernel.Seeds;

/** Gram-Schmidt over Gaussian vectors, in double precision. */
final class Orthogonal {
    private Orthogonal() {}

    static float[] values(long seed, long... shape) {
        int rows = Math.toIntExact(shape[0]);
        int columns = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            columns = Math.multiplyExact(columns, Math.toIntExact(shape[axis]));
        }
        boolean wide = rows <= columns;
        double[][] basis = basis(seed, wide ? rows : columns, wide ? columns : rows);
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] = (float) (wide ? basis[row][column] : basis[column][row]);
            }
        }
        return values;
    }

    private static double[][] basis(long seed, int vectors, int length) {
        float[] noise = Seeds.gaussians(seed, Math.multiplyExact(vectors, length));
        double[][] basis = new double[vectors][length];
        for (int i = 0; i < vectors; i++) {
            for (int k = 0; k < length; k++) {
                basis[i][k] = noise[i * length + k];
            }
            for (int j = 0; j < i; j++) {
                subtract(basis[i], basis[j], dot(basis[i], basis[j]));
            }
            double norm = Math.sqrt(dot(basis[i], basis[i]));
            for (int k = 0; k < length; k++) {
                basis[i][k] /= norm;
            }
        }
        return basis;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void subtract(double[] from, double[] direction, double amount) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= amount * direction[i];
        }
    }
}
