package io.atelier.learn.engine;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Which library multiplies, and whether its threads help or fight libtorch's own. OpenBLAS' threads fight: a training
 * step takes ten times as long with them, and twice as long as with MKL when they are held to one. Found by which
 * library is loaded, never by a stopwatch, which on a busy machine tells of the machine.
 *
 * @param library what is loaded
 * @param mklShips whether MKL comes with this program on this platform
 * @param threads threads of libtorch
 */
record BlasCheck(Library library, boolean mklShips, int threads) {
    private static final String CHOICE = "org.bytedeco.openblas.load";
    private static final String LAYER = "MKL_THREADING_LAYER";
    private static final String REMEDY = " Start without -D" + CHOICE + ", which then chooses MKL; or take --threads 1;"
            + " or accept the slower library with --set compute.blas=any.";

    /** Libraries that libtorch may stand on. */
    enum Library {
        MKL("MKL"),
        OPENBLAS("OpenBLAS"),
        UNKNOWN("an unknown library");

        private final String title;

        Library(String title) {
            this.title = title;
        }

        private static Library loaded() {
            return switch (openblas_nolapack.blas_get_vendor()) { // by the functions it finds in the process
                case 3 -> MKL;
                case 2 -> OPENBLAS;
                default -> UNKNOWN;
            };
        }
    }

    /** Loads libtorch on MKL where that ships and nothing else was chosen, and gives both their threads. */
    static BlasCheck load(int threads) {
        badLayer(Optional.ofNullable(System.getenv(LAYER))).ifPresent(problem -> {
            throw problem.exception(); // MKL would end the process with a message of its own
        });
        boolean mklShips = shipsHere();
        if (mklShips && System.getProperty(CHOICE) == null) {
            System.setProperty(CHOICE, "mkl"); // must precede the first touch of libtorch
        }
        Loader.load(torch.class);
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(1); // also finds the library out
        Library library = Library.loaded();
        if (library == Library.MKL) {
            openblas_nolapack.blas_set_num_threads(threads); // they are of libtorch's own kind, and help
        }
        return new BlasCheck(library, mklShips, threads);
    }

    private static boolean shipsHere() {
        String folder = "/org/bytedeco/mkl/" + Loader.getPlatform() + "/libmkl_rt.so.";
        return BlasCheck.class.getResource(folder + 2) != null || BlasCheck.class.getResource(folder + 3) != null;
    }

    /** What is wrong with a threading layer that MKL is told to take. */
    static Optional<Problem> badLayer(Optional<String> layer) {
        return layer.filter(name -> !name.equalsIgnoreCase("INTEL") && !name.equalsIgnoreCase("GNU"))
                .map(name -> Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD,
                        LAYER,
                        "INTEL or GNU",
                        "The environment's " + LAYER + " is " + name
                                + "; of MKL's threading layers only INTEL and GNU ship with this program. Unset it."));
    }

    /** Why a training would be slow; empty when it is as fast as this platform lets it be. */
    Optional<Problem> slow() {
        if (library == Library.MKL || threads == 1 || !mklShips) {
            return Optional.empty();
        }
        return Optional.of(Problem.field(
                ErrorCode.OUT_OF_RANGE_FIELD,
                "compute.blas",
                "fast: MKL; any: whatever is loaded",
                "Products are made by " + library.title + " and not by MKL, so that " + threads
                        + " threads would be slower than they should be." + REMEDY));
    }

    /** What multiplies, for a description. */
    String summary() {
        return library == Library.OPENBLAS ? library.title + " on one thread" : library.title;
    }
}
