package io.atelier.trainer.runtime.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.RunFile;
import io.atelier.trainer.domain.Sign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignReaderTest {
    @TempDir
    private Path run;

    private SignReader reader = new SignReader(new FolderRun(Path.of("/none"), List.of()), Report.NONE);

    @Test
    void pointCarriesItsNumbersAndItsSample() {
        assertThat(reader.read("""
                {"type":"point","step":20,"steps":280,"metrics":{"loss":0.5,"val_accuracy":1},"sample":"/s/20.png"}"""))
                .containsExactly(new Sign.Point(
                        20,
                        280,
                        Map.of("loss", 0.5, "val_accuracy", 1.0),
                        Optional.of(RunFile.at(Path.of("/s/20.png")))));
        assertThat(reader.read("{\"type\":\"point\",\"step\":20,\"steps\":280,\"metrics\":{}}"))
                .containsExactly(new Sign.Point(20, 280, Map.of(), Optional.empty()));
    }

    @Test
    void progressTellsPaceInSecondsAndBytes() {
        assertThat(reader.read("""
                {"type":"progress","step":3,"steps":9,"steps_per_s":2.5,"eta_s":2.4,"memory_mb":3}"""))
                .containsExactly(
                        new Sign.Paced(3, 9, new Pace(2.5, Duration.ofMillis(2400), 3 << 20, OptionalLong.empty())));
        assertThat(reader.read("""
                {"type":"progress","step":3,"steps":9,"steps_per_s":1,"eta_s":6,"memory_mb":3,"device_memory_mb":2}"""))
                .containsExactly(
                        new Sign.Paced(3, 9, new Pace(1, Duration.ofSeconds(6), 3 << 20, OptionalLong.of(2 << 20))));
    }

    @Test
    void phasesAreTold() {
        assertThat(reader.read("{\"type\":\"checkpoint\",\"step\":40}")).containsExactly(new Sign.Saved(40));
        assertThat(reader.read("{\"type\":\"evaluating\"}")).containsExactly(new Sign.Evaluating());
        assertThat(reader.read("{\"type\":\"evaluated\",\"metrics\":{\"accuracy\":0.9}}"))
                .containsExactly(new Sign.Evaluated(Map.of("accuracy", 0.9)));
    }

    @Test
    void endingsAreTold() {
        assertThat(reader.read(
                        "{\"type\":\"published\",\"model\":\"m@1\",\"promoted\":true,\"metrics\":{\"accuracy\":0.9}}"))
                .containsExactly(
                        new Sign.Evaluated(Map.of("accuracy", 0.9)),
                        new Sign.Made(RunFile.at(Path.of("/none/made")), true));
        assertThat(reader.read("{\"type\":\"stopped\",\"step\":5}")).containsExactly(new Sign.Stopped());
        assertThat(reader.read("""
                {"type":"failed","code":"ATELIER-TRAINING-0006","field":"data","message":"Replace it."}"""))
                .containsExactly(
                        new Sign.Failed(new Failure("ATELIER-TRAINING-0006", "Replace it.", Optional.of("data"))));
        assertThat(reader.read(
                        "{\"type\":\"failed\",\"code\":\"ATELIER-TRAINING-0001\",\"message\":\"Lower the rate.\"}"))
                .containsExactly(
                        new Sign.Failed(new Failure("ATELIER-TRAINING-0001", "Lower the rate.", Optional.empty())));
    }

    @Test
    void resumedRunTellsThePointsBeforeItsFirstStepThatTheLedgerLacks() throws IOException {
        keep();
        assertThat(reader.read("{\"type\":\"started\",\"step\":60,\"steps\":80}"))
                .containsExactly(
                        new Sign.Point(
                                40,
                                80,
                                Map.of("loss", 0.4),
                                Optional.of(RunFile.at(run.resolve("samples/step-000000040.png")))),
                        new Sign.Point(60, 80, Map.of("loss", 0.3), Optional.empty()));
        assertThat(reader.read("{\"type\":\"point\",\"step\":80,\"steps\":80,\"metrics\":{}}"))
                .hasSize(1);
        assertThat(reader.read("{\"type\":\"published\",\"promoted\":false,\"metrics\":{}}"))
                .as("nothing is told twice")
                .containsExactly(new Sign.Evaluated(Map.of()), new Sign.Made(RunFile.at(run.resolve("made")), false));
    }

    @Test
    void runThatHadPublishedTellsTheRestOfItsCurve() throws IOException {
        keep();
        assertThat(reader.read("{\"type\":\"published\",\"promoted\":true,\"metrics\":{}}"))
                .extracting(sign -> sign instanceof Sign.Point point ? point.step() : -1L)
                .containsExactly(40L, 60L, 80L, -1L, -1L);
    }

    /** A run of 80 steps of which the ledger has heard 20, and whose process was killed while it wrote. */
    private void keep() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"step":20,"loss":0.5}
                {"step":40,"loss":0.4,"grad":"NaN"}
                {"step":60,"loss":0.3}
                {"step":80,"loss":0.2}
                {"step":100,"lo""");
        Files.createDirectories(run.resolve("samples"));
        Files.createFile(run.resolve("samples/step-000000040.png"));
        reader = new SignReader(new FolderRun(run, List.of()), new Report(20, 80, Map.of(), Optional.empty()));
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
