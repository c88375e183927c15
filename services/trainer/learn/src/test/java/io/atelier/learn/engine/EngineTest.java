package io.atelier.learn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.atelier.kernel.ProblemException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    @AfterEach
    void oneThreadAgain() {
        torch.set_num_threads(1);
    }

    @Test
    void gpuThatIsNotThereIsAnErrorAndNoFallback() {
        TestEngines.cpu();
        assumeThat(torch.cuda_is_available()).isFalse();
        assertThatThrownBy(() -> Engine.start(new EngineOptions("cuda:0", 1, "auto")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cuda:0")
                .hasMessageContaining("0 GPUs");
        assertThat(Engine.start(new EngineOptions("auto", 1, "auto")).description())
                .startsWith("cpu");
    }

    @ParameterizedTest
    @CsvSource({"gpu,1,auto,gpu", "cpu,0,auto,Threads", "cpu,1,float16,float16"})
    void unknownChoiceIsRefusedByName(String device, int threads, String precision, String named) {
        assertThatThrownBy(() -> Engine.start(new EngineOptions(device, threads, precision)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(named);
    }

    @Test
    void descriptionNamesWhatMultiplies() {
        assertThat(Engine.start(new EngineOptions("cpu", 1, "float32")).description())
                .contains("1 threads")
                .contains("float32")
                .containsAnyOf("MKL", "OpenBLAS");
    }

    @Test
    void autocastMultipliesInBfloat16AndEndsWithItsBlock() {
        Engine engine = Engine.start(new EngineOptions("cpu", 1, "bfloat16"));
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.ones(4, 4);
            assertThat(engine.autocast(() -> torch.linear(x, x)).scalar_type().intern())
                    .isEqualTo(ScalarType.BFloat16);
            assertThat(torch.linear(x, x).scalar_type().intern()).isEqualTo(ScalarType.Float);
            assertThat(engine.inFloat32()
                            .autocast(() -> torch.linear(x, x))
                            .scalar_type()
                            .intern())
                    .isEqualTo(ScalarType.Float);
        }
    }

    @Test
    void sameSeedDrawsTheSame() {
        Engine engine = TestEngines.cpu();
        try (PointerScope scope = new PointerScope()) {
            engine.seed(4);
            float[] one = Tensors.floats(torch.randn(5));
            engine.seed(4);
            assertThat(Tensors.floats(torch.randn(5))).isEqualTo(one);
        }
    }
}
