package io.atelier.learn.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ProblemException;
import io.atelier.learn.engine.TestEngines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void storeLoadsWhatAnotherSavedBitByBit() {
        Path file = folder.resolve("net.safetensors");
        try (ParamStore saved = store(1);
                ParamStore loaded = store(2)) {
            assertThat(loaded.get("conv").floats())
                    .isNotEqualTo(saved.get("conv").floats());
            saved.save(file);
            loaded.load(file);
            assertThat(loaded.get("conv").floats()).isEqualTo(saved.get("conv").floats());
            assertThat(loaded.get("mean").floats()).isEqualTo(saved.get("mean").floats());
        }
    }

    @Test
    void storeRefusesAnotherNetworksFile() {
        Path file = folder.resolve("net.safetensors");
        try (ParamStore saved = store(1);
                ParamStore other = new ParamStore(TestEngines.cpu().device(), 1)) {
            saved.save(file);
            other.trainable("conv", Init.constant(0), 2, 3, 3, 3);
            assertThatThrownBy(() -> other.load(file))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("net.safetensors");
        }
    }

    @Test
    void truncatedFileIsRefused() throws IOException {
        Path file = folder.resolve("net.safetensors");
        Safetensors.write(file, Map.of("a", new Safetensors.Entry(new long[] {2}, new float[] {1, 2})));
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 12, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(ProblemException.class);
        }
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 4));
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}} | F16",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8000000000]}} | shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | whole number",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e3],\"data_offsets\":[0,8]}} | whole number",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | 2 GB",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":1} | JSON",
                "[1,2] | object",
                "{{ | JSON",
            })
    void headerThatDoesNotFitIsRefused(String header, String reason) throws IOException {
        Path file = folder.resolve("bad.safetensors");
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("bad.safetensors")
                .hasMessageContaining(reason);
    }

    @Test
    void headerLongerThanTheFileIsRefused() throws IOException {
        Path file = folder.resolve("bad.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(1L << 40)
                        .array());
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("length");
    }

    private static ParamStore store(long seed) {
        ParamStore store = new ParamStore(TestEngines.cpu().device(), seed);
        store.trainable("conv", Init.normal(1), 2, 3, 3, 3);
        store.buffer("mean", Init.uniform(1), 3);
        return store;
    }
}
