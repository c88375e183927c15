package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Violation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Measures MEASURES = new Measures(List.of("accuracy"), List.of("val_loss"));

    private static Settings settings() {
        return read("""
                name: test
                model: a-model
                architecture:
                  stages: [1, 2]
                data:
                  mirror: false
                schedule:
                  steps: 10
                  rate: 0.5
                  shape: cosine
                  last: 0.5
                """);
    }

    private static Settings read(String yaml) {
        try {
            return Settings.read(
                    new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                    new Declarations("test", MEASURES)::of);
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
                        "data.mirror", "true",
                        "architecture.stages", "[3, 4, 5]",
                        "model", "a007"));
        assertThat(changed.whole("schedule.steps")).isEqualTo(20);
        assertThat(changed.number("schedule.rate")).isEqualTo(1);
        assertThat(changed.flag("data.mirror")).isTrue();
        assertThat(changed.wholes("architecture.stages")).isEqualTo(List.of(3, 4, 5));
        assertThat(changed.text("model")).isEqualTo("a007");
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

    @Test
    void allProblemsAreToldAtOnceEachByItsName() {
        Map<String, String> overrides = Map.of(
                "schedule.step", "1",
                "schedule.rate", "-1",
                "schedule.steps", "many",
                "schedule.shape", "linear",
                "schedule.last", "0.2");
        assertThatThrownBy(() -> settings().with(overrides)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().violations())
                    .extracting(Violation::field, Violation::code)
                    .containsExactly(
                            tuple("schedule.rate", ErrorCode.OUT_OF_RANGE_FIELD),
                            tuple("schedule.shape", ErrorCode.OUT_OF_RANGE_FIELD),
                            tuple("schedule.step", ErrorCode.UNKNOWN_FIELD),
                            tuple("schedule.steps", ErrorCode.WRONG_TYPE));
            assertThat(e.problem().message()).contains("4 problems", "not -1", "not linear", "schedule.step.", "many");
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
                "data.mirror | 1",
                "architecture.stages | 3",
                "architecture.stages | [",
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
        assertThatThrownBy(() -> settings().with(Map.of("schedule.steps", "0")))
                .hasMessageContaining("schedule.steps must be between 1 and 100000000, not 0");
        assertThatThrownBy(() -> settings().atMost("schedule.steps", 9))
                .hasMessageContaining("schedule.steps must be between 0 and 9, not 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "1.5", "1e400"})
    void fractionOutsideItsBoundsIsRefused(String text) {
        assertThatThrownBy(() -> settings().with(Map.of("schedule.last", text)))
                .hasMessageContaining("schedule.last must be between 0 and 1, not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[1,1,1,1,1,1,1,1,1]", "[0]", "[4097]", "[1.5]", "[a]", "[[1]]", "[99999999999]", "[true]"
            })
    void listOfOtherNumbersIsRefusedWithItsRule(String text) {
        assertThatThrownBy(() -> settings().with(Map.of("architecture.stages", text)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("architecture.stages")
                .hasMessageContaining("1 to 8 whole numbers between 1 and 4096");
    }

    @Test
    void textThatIsNoneOfTheAllowedIsRefusedWithThem() {
        assertThatThrownBy(() -> settings().with(Map.of("schedule.shape", "linear")))
                .hasMessageContaining(
                        "schedule.shape must be one of constant, cosine, step, one-cycle, hold-cosine, not linear");
    }

    @Test
    void settingOfAFileThatIsNotDeclaredIsFound() {
        Settings odd = read("schedule:\n  stepz: 3\n");
        assertThatThrownBy(odd::schema).hasMessageContaining("schedule.stepz, which is not declared");
    }

    static Stream<Recipe<?>> recipes() {
        return Recipes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void recipesOwnValuesFitTheirDeclarationsAndSchema(Recipe<?> recipe) throws IOException {
        Settings defaults = recipe.defaults();
        assertThat(defaults.with(defaults.texts()).texts()).isEqualTo(defaults.texts());
        ObjectNode values = new JsonMapper().createObjectNode();
        JsonNode properties = defaults.schema().path("properties");
        defaults.texts()
                .keySet()
                .forEach(name -> values.set(name, properties.path(name).path("default")));
        assertThat(errors(defaults, values)).isEmpty();
        assertThat(properties.properties()).allSatisfy(property -> {
            assertThat(property.getValue().path("description").asText()).isNotBlank();
            assertThat(property.getValue().path("type").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.steps | 0",
                "schedule.steps | 1.5",
                "schedule.rate | -1",
                "schedule.shape | \"linear\"",
                "data.mirror | 1",
                "architecture.stages | []",
                "architecture.stages | [0]",
                "model | \"My Model\"",
                "unknown | 1",
            })
    void schemaRefusesWhatAnOverrideIsRefusedFor(String name, String json) throws IOException {
        JsonNode value = new JsonMapper().readTree(json);
        ObjectNode values = new JsonMapper().createObjectNode();
        values.set(name, value);
        assertThat(errors(settings(), values)).isNotEmpty();
        String text = value.isTextual() ? value.textValue() : json;
        assertThatThrownBy(() -> settings().with(Map.of(name, text))).isInstanceOf(ProblemException.class);
    }

    private static Set<ValidationMessage> errors(Settings settings, ObjectNode values) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(settings.schema())
                .validate(values);
    }
}
