package io.atelier.trainer.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Sign;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the lines that {@code train --reports} writes. */
public final class SignReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MIB = 1 << 20;

    /** Where the training publishes to: a repository with nothing else in it. */
    private final Path repository;

    public SignReader(Path repository) {
        this.repository = repository;
    }

    /** The sign of a line; nothing for one that says nothing of use here, or that no sign can be read from. */
    public Optional<Sign> read(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // the half line of a killed process
        }
        return switch (node.path("type").asText()) {
            case "point" ->
                Optional.of(new Sign.Point(
                        step(node),
                        steps(node),
                        numbers(node.path("metrics")),
                        Optional.ofNullable(node.path("sample").asText(null)).map(Path::of)));
            case "progress" -> Optional.of(new Sign.Paced(step(node), steps(node), pace(node)));
            case "checkpoint" -> Optional.of(new Sign.Saved(step(node)));
            case "evaluating" -> Optional.of(new Sign.Evaluating());
            case "evaluated" -> Optional.of(new Sign.Evaluated(numbers(node.path("metrics"))));
            case "published" ->
                Optional.of(new Sign.Made(repository, node.path("promoted").asBoolean()));
            case "stopped" -> Optional.of(new Sign.Stopped());
            case "failed" ->
                Optional.of(new Sign.Failed(new Failure(
                        node.path("code").asText(),
                        node.path("message").asText(),
                        Optional.ofNullable(node.path("field").asText(null)))));
            default -> Optional.empty();
        };
    }

    private static long step(JsonNode node) {
        return node.path("step").asLong();
    }

    private static long steps(JsonNode node) {
        return node.path("steps").asLong();
    }

    private static Pace pace(JsonNode node) {
        JsonNode device = node.path("device_memory_mb");
        return new Pace(
                node.path("steps_per_s").asDouble(),
                Duration.ofMillis(Math.round(node.path("eta_s").asDouble() * 1000)),
                Math.round(node.path("memory_mb").asDouble() * MIB),
                device.isNumber() ? OptionalLong.of(Math.round(device.asDouble() * MIB)) : OptionalLong.empty());
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().doubleValue()));
        return numbers;
    }
}
