package io.atelier.trainer.runtime.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.RunFile;
import io.atelier.trainer.domain.Sign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The points of the curve that a run has kept in its folder. An attempt may train on while nobody can write down what it
 * tells; the next one begins behind those points and does not tell them again.
 */
final class KeptCurve {
    private static final JsonMapper JSON = new JsonMapper();

    /** The most points told at once; a curve of more has a hole rather than the service no memory. */
    private static final int MOST = 100_000;

    static final String METRICS = "metrics.jsonl";

    private final Run run;

    KeptCurve(Run run) {
        this.run = run;
    }

    /** The name of the sample made after a step; a later one's comes later in the order of letters. */
    static String sample(long step) {
        return "step-%09d.png".formatted(step);
    }

    /** The points after a step, up to another; nothing when they cannot be read, for no training fails of its curve. */
    List<Sign.Point> points(long after, long upTo, long totalSteps) {
        List<Sign.Point> points = new ArrayList<>();
        try {
            Path folder = run.curve(after);
            try (Stream<String> lines = Files.lines(folder.resolve(METRICS))) {
                lines.flatMap(line -> point(folder, line, totalSteps).stream())
                        .filter(point -> point.step() > after && point.step() <= upTo)
                        .limit(MOST)
                        .forEach(points::add);
            }
        } catch (IOException | UncheckedIOException | ProblemException e) {
            return points; // none was kept yet, or none can be read any more
        }
        return points;
    }

    private static Optional<Sign.Point> point(Path folder, String line, long totalSteps) {
        try {
            JsonNode node = JSON.readTree(line);
            long step = node.path("step").asLong();
            Map<String, Double> metrics = new LinkedHashMap<>();
            node.properties().stream()
                    .filter(field ->
                            !field.getKey().equals("step") && field.getValue().isNumber())
                    .forEach(field ->
                            metrics.put(field.getKey(), field.getValue().doubleValue()));
            return step > 0
                    ? Optional.of(new Sign.Point(step, totalSteps, metrics, sample(folder, step)))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // the half line of a killed process
        }
    }

    private static Optional<RunFile> sample(Path folder, long step) {
        return Optional.of(folder.resolve("samples").resolve(sample(step)))
                .filter(Files::isRegularFile)
                .map(RunFile::at);
    }
}
