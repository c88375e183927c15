package io.atelier.learn.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Violation;
import io.atelier.learn.engine.Memory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Tells a training to another program: one JSON object a line with its {@code type}, each flushed before the training
 * goes on. docs/reference.md lists them. A reader that has gone away ends the training, after a checkpoint.
 */
public final class Reports implements TrainingEvents {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    private final PrintStream out;
    private final StopSignal stop;
    private final Pace pace = new Pace();
    private String device = "cpu";
    private long toldAt;
    private boolean told;

    /**
     * Writes to a stream.
     *
     * @param out written to by nothing else
     * @param stop is asked for once nobody reads any more
     */
    public Reports(PrintStream out, StopSignal stop) {
        this.out = out;
        this.stop = stop;
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started started -> {
                pace.start(started.step());
                device = started.device();
                write(at("started", started.step(), started.steps())
                        .put("device", device)
                        .put("seed", started.seed()));
            }
            case TrainingEvent.Stepped stepped -> {
                pace.step(stepped.step());
                progress(stepped);
            }
            case TrainingEvent.Point point -> {
                ObjectNode line = at("point", point.step(), point.steps());
                put(line, point.metrics());
                point.sample()
                        .ifPresent(
                                png -> line.put("sample", png.toAbsolutePath().toString()));
                write(line);
            }
            case TrainingEvent.Checkpointed checkpointed ->
                write(type("checkpoint").put("step", checkpointed.step()));
            case TrainingEvent.Evaluating evaluating -> write(type("evaluating"));
            case TrainingEvent.Evaluated evaluated -> {
                ObjectNode line = type("evaluated");
                put(line, evaluated.metrics());
                write(line);
            }
            case TrainingEvent.Published published -> write(line(published));
            case TrainingEvent.Stopped stopped -> write(type("stopped").put("step", stopped.step()));
            case TrainingEvent.Failed failed -> write(line(failed.problem()));
            case TrainingEvent.Trained trained -> {} // evaluating follows
            case TrainingEvent.Note note -> {} // for people
        }
    }

    private void progress(TrainingEvent.Stepped stepped) {
        long now = System.nanoTime();
        if (told && now - toldAt < PROGRESS_NANOS) {
            return;
        }
        told = true;
        toldAt = now;
        ObjectNode line = at("progress", stepped.step(), stepped.steps())
                .put("steps_per_s", pace.stepsPerSecond())
                .put("eta_s", pace.secondsTo(stepped.steps()))
                .put("memory_mb", Memory.residentBytes() >> 20);
        Memory.deviceBytes(device).ifPresent(bytes -> line.put("device_memory_mb", bytes >> 20));
        write(line);
    }

    private static ObjectNode line(TrainingEvent.Published published) {
        ObjectNode line = type("published").put("model", published.model()).put("promoted", published.promoted());
        published.notPromotedBecause().ifPresent(why -> line.put("not_promoted_because", why));
        put(line, published.metrics());
        return line;
    }

    private static ObjectNode line(Problem problem) {
        ObjectNode line = type("failed").put("code", problem.code().id());
        problem.field().ifPresent(field -> line.put("field", field));
        line.put("message", problem.message());
        if (problem.violations().size() > 1) {
            for (Violation one : problem.violations()) {
                line.withArray("violations")
                        .addObject()
                        .put("code", one.code().id())
                        .put("field", one.field())
                        .put("message", one.message());
            }
        }
        return line;
    }

    private static ObjectNode type(String name) {
        return JSON.createObjectNode().put("type", name);
    }

    private static ObjectNode at(String name, long step, long steps) {
        return type(name).put("step", step).put("steps", steps);
    }

    /** JSON has no word for what is no finite number; such a figure is left out. */
    private static void put(ObjectNode line, Map<String, Double> metrics) {
        ObjectNode numbers = line.putObject("metrics");
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                numbers.put(name, value);
            }
        });
    }

    private void write(ObjectNode line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        if (out.checkError()) { // flushes too
            stop.request();
        }
    }
}
