package io.atelier.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.learn.recipe.FashionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a classifier's training on made-up data, and what it reports. */
record SmallTraining(Path folder) {

    static SmallTraining in(Path folder) throws IOException {
        FashionFiles.write(folder.resolve("data"), 300, 100);
        return new SmallTraining(folder);
    }

    /** Trains for so many epochs of 14 steps in a run folder of this name. */
    List<String> line(String run, int epochs, String... more) {
        List<String> line = new ArrayList<>(List.of("train", "cnn-fashion", "--threads", "1", "--device", "cpu"));
        line.addAll(List.of("--data", folder.resolve("data").toString()));
        line.addAll(List.of("--out", folder.resolve(run).toString()));
        line.addAll(List.of("--repository", folder.resolve("models-" + run).toString()));
        for (String setting : List.of(
                "architecture.stages=[4,6,8]",
                "architecture.features=24",
                "data.validation=20",
                "schedule.batch=20",
                "schedule.epochs=" + epochs,
                "schedule.checkpointEvery=25")) {
            line.addAll(List.of("--set", setting));
        }
        line.addAll(List.of(more));
        return line;
    }

    /** What was reported so far; a last line may still be on its way. */
    static List<JsonNode> reports(Path file) throws IOException {
        List<JsonNode> reports = new ArrayList<>();
        if (!Files.exists(file)) {
            return reports;
        }
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            reports.add(new JsonMapper().readTree(line));
        }
        return reports;
    }

    static List<String> types(List<JsonNode> reports) {
        return reports.stream().map(report -> report.path("type").asText()).toList();
    }

    static List<JsonNode> ofType(String type, List<JsonNode> reports) {
        return reports.stream()
                .filter(report -> report.path("type").asText().equals(type))
                .toList();
    }
}
