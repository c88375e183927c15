package io.atelier.trainer.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Violation;
import io.atelier.trainer.domain.RecipeInfo;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsRulesTest {
    private static final String SCHEMA = """
            {"type":"object","additionalProperties":false,"properties":{
              "schedule.rate":{"type":"number","exclusiveMinimum":0,"maximum":1},
              "schedule.epochs":{"type":"integer","minimum":1,"maximum":100000},
              "schedule.shape":{"type":"string","enum":["constant","one-cycle"]},
              "data.mirror":{"type":"boolean"},
              "architecture.stages":{"type":"array","minItems":1,"maxItems":8,
                "items":{"type":"integer","minimum":1,"maximum":4096}},
              "model":{"type":"string","pattern":"^[a-z][a-z0-9-]*$"}}}""";

    private final SettingsRules rules = rules();

    private static SettingsRules rules() {
        try {
            return SettingsRules.of(new RecipeInfo("tiny", "A tiny one", "tiny", "image.classify", Map.of(), SCHEMA));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.rate|0.003",
                "schedule.rate|1",
                "schedule.rate|1e-3",
                "schedule.epochs|12",
                "schedule.shape|one-cycle",
                "data.mirror|false",
                "architecture.stages|[4,6,8]",
                "model|fashion-2"
            })
    void whatFitsIsTaken(String name, String value) {
        assertThatCode(() -> rules.check(Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.rate|-0.1|above 0 to 1",
                "schedule.rate|0|above 0",
                "schedule.rate|fast|of type number",
                "schedule.rate|NaN|of type number",
                "schedule.rate|''|of type number",
                "schedule.rate|0.1 0.2|of type number",
                "schedule.epochs|1.5|of type integer",
                "schedule.epochs|0|from 1 to 100000",
                "schedule.shape|round|one of [\"constant\",\"one-cycle\"]",
                "data.mirror|yes|of type boolean",
                "architecture.stages|4|a list of at least 1 and at most 8 of integers from 1 to 4096",
                "architecture.stages|[4,0]|from 1 to 4096",
                "architecture.stages|[4,6|a list",
                "model|No Name|of the form"
            })
    void whatDoesNotFitIsRefusedByNameWithWhatItMustBe(String name, String value, String limit) {
        Problem problem = refused(Map.of(name, value));
        assertThat(problem.field()).contains(name);
        assertThat(problem.code()).isEqualTo(ErrorCode.OUT_OF_RANGE_FIELD);
        assertThat(problem.message()).contains(name).contains(limit);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Problem problem =
                refused(Map.of("schedule.rate", "-1", "schedule.epochs", "12", "speed", "3", "data.mirror", "perhaps"));
        assertThat(problem.violations())
                .extracting(Violation::field)
                .containsExactly("data.mirror", "schedule.rate", "speed");
    }

    @Test
    void unknownSettingIsRefusedWithTheKnownOnes() {
        Problem problem = refused(Map.of("speed", "3"));
        assertThat(problem.code()).isEqualTo(ErrorCode.UNKNOWN_FIELD);
        assertThat(problem.field()).contains("speed");
        assertThat(problem.limit().orElseThrow()).contains("schedule.rate").contains("model");
    }

    @Test
    void longValueIsShownShortened() {
        assertThat(refused(Map.of("schedule.rate", "x".repeat(4000))).message()).hasSizeLessThan(300);
    }

    private Problem refused(Map<String, String> overrides) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, () -> rules.check(overrides)))
                .problem();
    }
}
