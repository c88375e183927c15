package io.atelier.trainer.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Sign;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignReaderTest {
    private static final Path MADE = Path.of("/work/job/1/made");

    private final SignReader reader = new SignReader(MADE);

    @Test
    void pointCarriesItsNumbersAndItsSample() {
        assertThat(reader.read("""
                {"type":"point","step":20,"steps":280,"metrics":{"loss":0.5,"val_accuracy":1},"sample":"/s/20.png"}"""))
                .contains(new Sign.Point(
                        20, 280, Map.of("loss", 0.5, "val_accuracy", 1.0), Optional.of(Path.of("/s/20.png"))));
        assertThat(reader.read("{\"type\":\"point\",\"step\":20,\"steps\":280,\"metrics\":{}}"))
                .contains(new Sign.Point(20, 280, Map.of(), Optional.empty()));
    }

    @Test
    void progressTellsPaceInSecondsAndBytes() {
        assertThat(reader.read("""
                {"type":"progress","step":3,"steps":9,"steps_per_s":2.5,"eta_s":2.4,"memory_mb":3}"""))
                .contains(new Sign.Paced(3, 9, new Pace(2.5, Duration.ofMillis(2400), 3 << 20, OptionalLong.empty())));
        assertThat(reader.read("""
                {"type":"progress","step":3,"steps":9,"steps_per_s":1,"eta_s":6,"memory_mb":3,"device_memory_mb":2}"""))
                .contains(new Sign.Paced(3, 9, new Pace(1, Duration.ofSeconds(6), 3 << 20, OptionalLong.of(2 << 20))));
    }

    @Test
    void phasesAreTold() {
        assertThat(reader.read("{\"type\":\"checkpoint\",\"step\":40}")).contains(new Sign.Saved(40));
        assertThat(reader.read("{\"type\":\"evaluating\"}")).contains(new Sign.Evaluating());
        assertThat(reader.read("{\"type\":\"evaluated\",\"metrics\":{\"accuracy\":0.9}}"))
                .contains(new Sign.Evaluated(Map.of("accuracy", 0.9)));
    }

    @Test
    void endingsAreTold() {
        assertThat(reader.read("{\"type\":\"published\",\"model\":\"m@1\",\"promoted\":true,\"metrics\":{}}"))
                .contains(new Sign.Made(MADE, true));
        assertThat(reader.read("{\"type\":\"stopped\",\"step\":5}")).contains(new Sign.Stopped());
        assertThat(reader.read("""
                {"type":"failed","code":"ATELIER-TRAINING-0006","field":"data","message":"Replace it."}"""))
                .contains(new Sign.Failed(new Failure("ATELIER-TRAINING-0006", "Replace it.", Optional.of("data"))));
        assertThat(reader.read(
                        "{\"type\":\"failed\",\"code\":\"ATELIER-TRAINING-0001\",\"message\":\"Lower the rate.\"}"))
                .contains(new Sign.Failed(new Failure("ATELIER-TRAINING-0001", "Lower the rate.", Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"type\":\"point\",\"step\":2",
                "no json",
                "{\"type\":\"started\",\"step\":0}",
                "{\"type\":\"unheard-of\"}",
                "{}",
                "[]",
                "7",
                "null"
            })
    void whatSaysNothingOfUseIsNoSign(String line) {
        assertThat(reader.read(line)).isEmpty();
    }
}
