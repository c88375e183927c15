package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A covariance in its own directions. In Java, since libtorch's decomposition ends the process where MKL has more than one
 * thread, and so that a loss is the same whatever multiplies.
 *
 * @param values a variance for each direction
 * @param directions (n, n), a row for each
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, never compared
record Symmetric(double[] values, double[][] directions) {

    /** Decomposes a symmetric matrix (n, n). */
    static Symmetric of(Tensor matrix) {
        int n = Math.toIntExact(matrix.size(0));
        float[] given = Tensors.floats(matrix);
        DMatrixRMaj exact = new DMatrixRMaj(n, n);
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) { // products are symmetric only up to rounding
                exact.set(row, column, (given[row * n + column] + (double) given[column * n + row]) / 2);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> parts = DecompositionFactory_DDRM.eig(n, true, true);
        if (!parts.decompose(exact)) {
            throw new ArithmeticException("the directions of a covariance were not found; are its features finite?");
        }
        double[] values = new double[n];
        double[][] directions = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = Math.max(0, parts.getEigenvalue(i).getReal());
            directions[i] = parts.getEigenVector(i).data.clone();
        }
        return new Symmetric(values, directions);
    }

    /** The matrix (n, n), a floor added to its variances, to a power. */
    Tensor power(Engine engine, double exponent, double floor) {
        int n = values.length;
        float[] result = new float[n * n];
        double[] factors = factors(exponent, floor);
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += factors[i] * directions[i][row] * directions[i][column];
                }
                result[row * n + column] = (float) sum;
            }
        }
        return Tensors.of(engine, result, n, n);
    }

    /** A map (n, n) to the matrix's own directions, in each of which variance plus floor becomes 1. */
    Tensor whitening(Engine engine, double floor) {
        int n = values.length;
        float[] result = new float[n * n];
        double[] factors = factors(-0.5, floor);
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                result[row * n + column] = (float) (factors[row] * directions[row][column]);
            }
        }
        return Tensors.of(engine, result, n, n);
    }

    private double[] factors(double exponent, double floor) {
        double[] factors = new double[values.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = Math.pow(values[i] + floor, exponent);
        }
        return factors;
    }
}
