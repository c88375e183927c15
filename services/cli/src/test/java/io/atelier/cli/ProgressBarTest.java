package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void drawsABarOnATerminal() {
        try (ProgressBar bar = new ProgressBar("Pictures", true, err)) {
            bar.show(1, 2);
            bar.show(2, 2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("\r")
                .contains("#---")
                .endsWith("2/2\n");
    }

    @Test
    void writesALinePerChangeElsewhere() {
        try (ProgressBar bar = new ProgressBar("Pictures", false, err)) {
            bar.show(1, 2);
            bar.show(1, 2);
            bar.show(2, 2);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("Pictures: 1 of 2\nPictures: 2 of 2\n");
    }
}
