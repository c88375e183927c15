package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static Settings settings() {
        String yaml = """
                name: test
                schedule:
                  steps: 10
                  rate: 0.5
                  mirror: false
                  widths: [1, 2]
                """;
        try {
            return Settings.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void overrideKeepsItsSettingsType() {
        Settings changed = settings()
                .with(Map.of(
                        "schedule.steps", "20",
                        "schedule.rate", "1",
                        "schedule.mirror", "true",
                        "schedule.widths", "[3, 4, 5]",
                        "name", "007"));
        assertThat(changed.whole("schedule.steps")).isEqualTo(20);
        assertThat(changed.number("schedule.rate")).isEqualTo(1);
        assertThat(changed.flag("schedule.mirror")).isTrue();
        assertThat(changed.wholes("schedule.widths")).isEqualTo(List.of(3, 4, 5));
        assertThat(changed.text("name")).isEqualTo("007");
        assertThat(settings().whole("schedule.steps")).isEqualTo(10);
    }

    @Test
    void textsReadBackAreTheSameSettings() {
        assertThat(settings().with(settings().texts()).texts())
                .isEqualTo(settings().texts());
    }

    @Test
    void unknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> settings().with(Map.of("schedule.step", "1")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ErrorCode.UNKNOWN_FIELD);
                    assertThat(e.problem().message()).contains("schedule.step").contains("schedule.steps");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.steps | many",
                "schedule.steps | 1.5",
                "schedule.steps | 99999999999999999999",
                "schedule.rate | fast",
                "schedule.mirror | 1",
                "schedule.widths | 3",
                "schedule.widths | [",
            })
    void valueOfAnotherTypeIsRefused(String name, String text) {
        assertThatThrownBy(() -> settings().with(Map.of(name, text)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ErrorCode.WRONG_TYPE);
                    assertThat(e.problem().field()).contains(name);
                });
    }

    @Test
    void numberOutsideItsBoundsIsRefused() {
        assertThatThrownBy(() -> settings().whole("schedule.steps", 1, 5)).hasMessageContaining("between 1 and 5");
    }
}
