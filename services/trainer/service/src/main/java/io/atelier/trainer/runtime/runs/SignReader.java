package io.atelier.trainer.runtime.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Sign;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the lines that {@code train --reports} writes, and fills the gap that an attempt before may have left in the curve.
 * Used by one thread.
 */
public final class SignReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MIB = 1 << 20;

    private final Run run;
    private final KeptCurve kept;
    private long toldStep;
    private long totalSteps;

    /**
     * Reads the signs of a run, in which an attempt before may have kept points of the curve.
     *
     * @param told how far the ledger has been told
     */
    public SignReader(Run run, Report told) {
        this.run = run;
        this.kept = new KeptCurve(run);
        this.toldStep = told.step();
        this.totalSteps = told.totalSteps();
    }

    /** The signs of a line; none for one that says nothing of use here, or that no sign can be read from. */
    public List<Sign> read(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return List.of(); // the half line of a killed process
        }
        return switch (node.path("type").asText()) {
            case "started" -> {
                totalSteps = steps(node);
                yield missing(step(node));
            }
            case "point" -> List.of(point(node));
            case "progress" -> List.of(new Sign.Paced(step(node), steps(node), pace(node)));
            case "checkpoint" -> List.of(new Sign.Saved(step(node)));
            case "evaluating" -> List.of(new Sign.Evaluating());
            case "evaluated" -> List.of(new Sign.Evaluated(numbers(node.path("metrics"))));
            case "published" -> published(node);
            case "stopped" -> List.of(new Sign.Stopped());
            case "failed" ->
                List.of(new Sign.Failed(new Failure(
                        node.path("code").asText(),
                        node.path("message").asText(),
                        Optional.ofNullable(node.path("field").asText(null)))));
            default -> List.of();
        };
    }

    private Sign point(JsonNode node) {
        toldStep = Math.max(toldStep, step(node));
        return new Sign.Point(
                step(node),
                steps(node),
                numbers(node.path("metrics")),
                Optional.ofNullable(node.path("sample").asText(null)).map(told -> run.file(Path.of(told))));
    }

    /** A run that had published before tells nothing else any more. */
    private List<Sign> published(JsonNode node) {
        List<Sign> signs = new ArrayList<>(missing(Long.MAX_VALUE));
        signs.add(new Sign.Evaluated(numbers(node.path("metrics"))));
        signs.add(new Sign.Made(run.file(run.made()), node.path("promoted").asBoolean()));
        return signs;
    }

    /** The points up to a step that an earlier attempt has kept and that nobody has written down. */
    private List<Sign> missing(long upTo) {
        List<Sign> missing = new ArrayList<>(kept.points(toldStep, upTo, totalSteps));
        toldStep = Math.max(toldStep, upTo);
        return missing;
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
