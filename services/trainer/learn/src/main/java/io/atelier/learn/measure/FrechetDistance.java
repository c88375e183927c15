package io.atelier.learn.measure;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Fréchet distance between two sets of features, each taken for a Gaussian:
 *
 * <pre>d² = |m₁ - m₂|² + tr(C₁ + C₂ - 2 (C₁C₂)^½)</pre>
 *
 * with means m and unbiased covariances C. It is zero for equal sets, falls as both grow more alike, and is
 * comparable only within one judge and one sample size: small samples read high. The trace of the square root is taken
 * as the sum of the square roots of the eigenvalues of C₁^½ C₂ C₁^½, which is symmetric and has the same eigenvalues as
 * C₁C₂; rounding below zero is cut off.
 *
 * @see <a href="https://doi.org/10.1016/0047-259X(82)90077-X">Dowson and Landau, The Fréchet distance between
 *     multivariate normal distributions (1982)</a>
 * @see <a href="https://arxiv.org/abs/1706.08500">Heusel et al., GANs trained by a two time-scale update rule (2017)</a>
 */
public final class FrechetDistance {
    private FrechetDistance() {}

    /** The squared distance d² (what the literature calls FID) of two sets of the same width, at least 2 vectors each. */
    public static double between(Features a, Features b) {
        if (a.width() != b.width() || a.count() < 2 || b.count() < 2) {
            throw new IllegalArgumentException("two sets of at least 2 vectors of one width are comparable, not "
                    + a.count() + " of " + a.width() + " with " + b.count() + " of " + b.width());
        }
        double[] meanA = mean(a);
        double[] meanB = mean(b);
        return between(meanA, covariance(a, meanA), meanB, covariance(b, meanB));
    }

    static double between(double[] meanA, DMatrixRMaj a, double[] meanB, DMatrixRMaj b) {
        double means = 0;
        for (int i = 0; i < meanA.length; i++) {
            means += (meanA[i] - meanB[i]) * (meanA[i] - meanB[i]);
        }
        double spread = CommonOps_DDRM.trace(a) + CommonOps_DDRM.trace(b) - 2 * traceOfRootOfProduct(a, b);
        return Math.max(0, means + spread);
    }

    private static double traceOfRootOfProduct(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj root = root(a);
        DMatrixRMaj half = new DMatrixRMaj(root.numRows, root.numCols);
        DMatrixRMaj product = new DMatrixRMaj(root.numRows, root.numCols);
        CommonOps_DDRM.mult(root, b, half);
        CommonOps_DDRM.mult(half, root, product);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(product, false);
        double trace = 0;
        for (int i = 0; i < product.numRows; i++) {
            trace += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
        }
        return trace;
    }

    /** The symmetric square root Q Λ^½ Qᵀ of a covariance. */
    private static DMatrixRMaj root(DMatrixRMaj covariance) {
        int n = covariance.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(covariance, true);
        DMatrixRMaj scaled = new DMatrixRMaj(n, n); // columns are eigenvectors times the fourth root of their values
        for (int column = 0; column < n; column++) {
            double factor = Math.pow(Math.max(0, eigen.getEigenvalue(column).getReal()), 0.25);
            DMatrixRMaj vector = eigen.getEigenVector(column);
            for (int row = 0; row < n; row++) {
                scaled.set(row, column, vector.get(row) * factor);
            }
        }
        DMatrixRMaj root = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(scaled, scaled, root);
        return root;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> decompose(DMatrixRMaj symmetric, boolean vectors) {
        DMatrixRMaj exact = symmetric.copy(); // products are symmetric only up to rounding
        DMatrixRMaj transposed = new DMatrixRMaj(symmetric.numCols, symmetric.numRows);
        CommonOps_DDRM.transpose(symmetric, transposed);
        CommonOps_DDRM.add(0.5, exact, 0.5, transposed, exact);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
        if (!eigen.decompose(exact)) {
            throw new ArithmeticException("the eigenvalues of a covariance did not converge; are its features finite?");
        }
        return eigen;
    }

    private static double[] mean(Features set) {
        double[] mean = new double[set.width()];
        for (int row = 0; row < set.count(); row++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += set.values()[row * mean.length + i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= set.count();
        }
        return mean;
    }

    private static DMatrixRMaj covariance(Features set, double[] mean) {
        DMatrixRMaj centred = new DMatrixRMaj(set.count(), set.width());
        for (int i = 0; i < centred.data.length; i++) {
            centred.data[i] = set.values()[i] - mean[i % mean.length];
        }
        DMatrixRMaj covariance = new DMatrixRMaj(set.width(), set.width());
        CommonOps_DDRM.multInner(centred, covariance);
        CommonOps_DDRM.scale(1.0 / (set.count() - 1), covariance);
        return covariance;
    }
}
