package io.atelier.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A kill -9 in the life of a job.
 *
 * @param victim what is killed, and started again where nothing else does so
 * @param moment when
 * @param step after which step, where the moment does not say
 */
record TrainingKill(Victim victim, Moment moment, long step) {
    enum Victim {
        /** The process that trains. */
        TRAINING,
        /** The service, whose training process ends with it. */
        SERVICE,
        /** The database, all of it. */
        DATABASE
    }

    enum Moment {
        /** Somewhere between two checkpoints. */
        ANY,
        /** A checkpoint has just been written. */
        CHECKPOINT,
        /** The last step is done. */
        EVALUATING,
        /** The version is visible, but neither promoted nor written as the job's. */
        PUBLISHING
    }

    /** Kills in an order that the seed decides, the named points among them however few they are. */
    static List<TrainingKill> drawn(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingKill> kills = new ArrayList<>(List.of(
                new TrainingKill(Victim.SERVICE, Moment.PUBLISHING, 0),
                new TrainingKill(Victim.TRAINING, Moment.CHECKPOINT, random.nextLong(1, TrainingFiles.STEPS / 2)),
                new TrainingKill(Victim.DATABASE, Moment.ANY, random.nextLong(1, TrainingFiles.STEPS)),
                new TrainingKill(Victim.SERVICE, Moment.EVALUATING, 0)));
        while (kills.size() < count) {
            Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
            // the training process has ended before its model is published
            Moment moment = Moment.values()[random.nextInt(victim == Victim.TRAINING ? 3 : 4)];
            kills.add(new TrainingKill(victim, moment, random.nextLong(1, TrainingFiles.STEPS)));
        }
        return kills;
    }

    /** Waits for the moment in the life of a job that was just made, kills, and starts again what was killed. */
    void strike(TrainingSystem system, String job, String model) {
        if (moment == Moment.PUBLISHING) {
            strikeWhilePublishing(system, model);
            return;
        }
        switch (moment) {
            case ANY -> system.awaitStep(job, step);
            case CHECKPOINT -> awaitCheckpoint(system.runs(job), step);
            case EVALUATING, PUBLISHING -> awaitCheckpoint(system.runs(job), TrainingFiles.STEPS);
        }
        kill(system);
        startAgain(system);
    }

    /** Who promotes a version holds a lock, and waits while someone else does. */
    private void strikeWhilePublishing(TrainingSystem system, String model) {
        int before = system.versions(model).size();
        try (ModelLock lock = ModelLock.take(system.models().resolve(model))) {
            await().atMost(TrainingSystem.PATIENCE)
                    .until(() -> lock.isHeld() && system.versions(model).size() > before);
            kill(system);
        }
        startAgain(system);
    }

    private void kill(TrainingSystem system) {
        switch (victim) {
            case TRAINING -> system.one().training().ifPresent(ProcessHandle::destroyForcibly);
            case SERVICE -> system.one().kill();
            case DATABASE -> system.database().kill();
        }
    }

    private void startAgain(TrainingSystem system) {
        switch (victim) {
            case TRAINING -> {} // the service's own duty
            case SERVICE -> system.one().start();
            case DATABASE -> system.database().start();
        }
    }

    private static void awaitCheckpoint(Path runs, long step) {
        await().atMost(TrainingSystem.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> checkpoints(runs).anyMatch(kept -> kept >= step));
    }

    private static LongStream checkpoints(Path runs) throws IOException {
        return names(runs).stream()
                .flatMap(epoch -> quietly(runs.resolve(epoch).resolve("checkpoints")).stream())
                .filter(name -> name.startsWith("step-"))
                .mapToLong(name -> Long.parseLong(name.substring("step-".length())));
    }

    private static List<String> quietly(Path folder) {
        try {
            return names(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> String.valueOf(child.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
