package io.atelier.learn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.engine.BlasCheck.Library;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasCheckTest {
    @ParameterizedTest
    @CsvSource({"OPENBLAS,OpenBLAS", "UNKNOWN,unknown"})
    void anythingButMklIsSlowWhereMklShips(Library library, String named) {
        assertThat(new BlasCheck(library, true, 2).slow()).hasValueSatisfying(problem -> {
            assertThat(problem.field()).contains("compute.blas");
            assertThat(problem.message())
                    .contains(named, "MKL", "2 threads", "-Dorg.bytedeco.openblas.load")
                    .contains("--threads 1", "compute.blas=any");
        });
    }

    @ParameterizedTest
    @CsvSource({"MKL,true,2", "OPENBLAS,true,1", "OPENBLAS,false,2", "UNKNOWN,false,2"})
    void mklOneThreadAndPlatformsWithoutMklAreAsFastAsCanBe(Library library, boolean mklShips, int threads) {
        assertThat(new BlasCheck(library, mklShips, threads).slow()).isEmpty();
    }

    @Test
    void threadingLayerThatDoesNotShipIsRefusedByName() {
        assertThat(BlasCheck.badLayer(Optional.of("SEQUENTIAL")))
                .hasValueSatisfying(problem ->
                        assertThat(problem.message()).contains("MKL_THREADING_LAYER", "SEQUENTIAL", "INTEL"));
        assertThat(BlasCheck.badLayer(Optional.of("gnu"))).isEmpty();
        assertThat(BlasCheck.badLayer(Optional.empty())).isEmpty();
    }
}
