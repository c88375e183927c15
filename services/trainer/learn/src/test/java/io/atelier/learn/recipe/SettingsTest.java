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
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(changed.number("schedule.rate", 0, 1)).isEqualTo(1);
        assertThat(changed.flag("schedule.mirror")).isTrue();
        assertThat(changed.wholes("schedule.widths", 3, 3, 5)).isEqualTo(List.of(3, 4, 5));
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
                "schedule.rate | .nan",
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

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "1.5", "1e400"})
    void fractionOutsideItsBoundsIsRefused(String text) {
        assertThatThrownBy(() -> settings().with(Map.of("schedule.rate", text)).number("schedule.rate", 0, 1))
                .hasMessageContaining("schedule.rate must be between 0 and 1, not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1, 2, 3, 4]", "[0]", "[9]", "[1.5]", "[a]", "[[1]]", "[99999999999]", "[true]"})
    void listOfOtherNumbersIsRefusedWithItsRule(String text) {
        assertThatThrownBy(
                        () -> settings().with(Map.of("schedule.widths", text)).wholes("schedule.widths", 3, 1, 8))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("schedule.widths")
                .hasMessageContaining("1 to 3 whole numbers between 1 and 8");
    }

    @Test
    void textThatIsNoneOfTheAllowedIsRefusedWithThem() {
        assertThatThrownBy(() -> settings().text("name", List.of("fast", "any")))
                .hasMessageContaining("name must be one of fast, any, not test");
    }
}
