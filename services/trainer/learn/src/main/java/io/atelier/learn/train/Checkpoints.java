package io.atelier.learn.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The checkpoints of a run, each a folder of its own: networks as safetensors, optimisers in libtorch's form, and
 * checkpoint.json with the position and every file's digest. The last two are kept, so that one that turns out damaged
 * has a predecessor.
 */
public final class Checkpoints {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PREFIX = "step-";
    private static final Pattern FORM = Pattern.compile(PREFIX + "\\d{9}");
    private static final String MANIFEST = "checkpoint.json";
    private static final int KEPT = 2;

    private final Path folder;
    private final TrainingEvents events;

    Checkpoints(Path folder, TrainingEvents events) {
        this.folder = folder;
        this.events = events;
    }

    /** Whether there is one, damaged or not. */
    public boolean any() {
        return newestStep().isPresent();
    }

    /** The step of the newest one, damaged or not. */
    public OptionalLong newestStep() {
        return newestFirst().stream()
                .mapToLong(checkpoint ->
                        Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length())))
                .findFirst();
    }

    void save(Learner learner, Position at) {
        Path target = folder.resolve(PREFIX + "%09d".formatted(at.step()));
        if (Files.exists(target)) {
            return; // the same step of the same run holds the same
        }
        Path staged = folder.resolve("staged");
        Durable.deleteFolder(staged);
        try {
            stage(learner, at, staged);
            Durable.publishFolder(staged, target);
        } catch (IOException e) {
            Durable.deleteFolder(staged);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            Durable.deleteFolder(staged); // a full disk needs the room
            throw e;
        }
        events.on(new TrainingEvent.Checkpointed(at.step()));
        newestFirst().stream().skip(KEPT).forEach(Durable::deleteFolder);
    }

    private static void stage(Learner learner, Position at, Path staged) throws IOException {
        Files.createDirectories(staged);
        learner.networks().forEach((name, store) -> store.save(staged.resolve(name + ".safetensors")));
        learner.optimisers().forEach((name, optimiser) -> optimiser.save(staged.resolve(name + ".optimiser")));
        ObjectNode manifest = JSON.createObjectNode()
                .put("step", at.step())
                .put("best", Double.isFinite(at.best()) ? at.best() : null)
                .put("bestStep", at.bestStep())
                .put("stale", at.stale());
        ObjectNode digests = manifest.putObject("files");
        try (var files = Files.list(staged)) {
            files.sorted()
                    .forEach(file -> digests.put(
                            file.getFileName().toString(), Digest.ofFile(file).hex()));
        }
        Files.writeString(staged.resolve(MANIFEST), manifest.toPrettyString());
    }

    /** Loads the newest undamaged checkpoint; empty when there is none at all. */
    Optional<Position> restore(Learner learner) {
        List<Path> found = newestFirst();
        for (Path checkpoint : found) {
            Optional<JsonNode> manifest = intact(checkpoint);
            if (manifest.isPresent()) {
                learner.networks().forEach((name, store) -> store.load(checkpoint.resolve(name + ".safetensors")));
                learner.optimisers()
                        .forEach((name, optimiser) -> optimiser.load(checkpoint.resolve(name + ".optimiser")));
                return Optional.of(position(manifest.get()));
            }
            events.note(checkpoint + " is damaged and left aside");
        }
        if (!found.isEmpty()) {
            throw Problem.of(
                            ErrorCode.BROKEN_PACKAGE,
                            "No checkpoint under " + folder + " is undamaged; delete the run folder to start anew.")
                    .exception();
        }
        return Optional.empty();
    }

    private static Position position(JsonNode manifest) {
        JsonNode best = manifest.path("best");
        return new Position(
                manifest.path("step").asLong(),
                best.isNumber() ? best.doubleValue() : Double.NEGATIVE_INFINITY,
                manifest.path("bestStep").asLong(),
                manifest.path("stale").asInt());
    }

    private static Optional<JsonNode> intact(Path checkpoint) {
        try {
            JsonNode manifest = JSON.readTree(checkpoint.resolve(MANIFEST).toFile());
            for (Map.Entry<String, JsonNode> file : manifest.path("files").properties()) {
                Path path = checkpoint.resolve(file.getKey());
                if (!Files.isRegularFile(path)
                        || !Digest.ofFile(path).hex().equals(file.getValue().asText())) {
                    return Optional.empty();
                }
            }
            return manifest.path("step").isIntegralNumber() ? Optional.of(manifest) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var children = Files.list(folder)) {
            return children.filter(child ->
                            FORM.matcher(child.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
