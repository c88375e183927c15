package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DeviceTest {

    @Test
    void configuredGpuThatIsMissingIsAnError() {
        assumeNoGpu();
        assertThatThrownBy(() -> OrtRuntime.open(Device.parse("cuda:0"), 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cuda:0")
                .hasMessageContaining("auto");
    }

    @Test
    void autoFallsBackToTheProcessorAndSaysSo() {
        assumeNoGpu();
        assertThat(OrtRuntime.open(Device.parse("auto"), 2).deviceClass()).startsWith("cpu/");
    }

    @Test
    void deviceClassTellsInstructionsRuntimeAndThreads() {
        assertThat(OrtRuntime.open(Device.parse("cpu"), 2).deviceClass())
                .matches("cpu/[a-z0-9_]+(-avx(2|512)?)?/onnxruntime-\\d+\\.\\d+\\.\\d+/threads-2");
        assertThat(OrtRuntime.open(Device.parse("cpu"), 1).deviceClass()).endsWith("/threads-1");
    }

    @Test
    void instructionSetIsTheWidestOfTheFlags() {
        assertThat(Hardware.instructionSet(List.of("flags\t: sse2 avx avx2 fma avx512f avx512bw avx512dq avx512vl")))
                .isEqualTo("-avx512");
        assertThat(Hardware.instructionSet(List.of("flags\t: sse2 avx avx2 fma avx512f")))
                .isEqualTo("-avx2");
        assertThat(Hardware.instructionSet(List.of("flags\t: sse2"))).isEmpty();
        assertThat(Hardware.instructionSet(List.of())).isEmpty();
    }

    @Test
    void unknownDeviceIsRefused() {
        assertThatThrownBy(() -> Device.parse("gpu")).hasMessageContaining("cuda:N");
    }

    private static void assumeNoGpu() {
        Assumptions.assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    }
}
