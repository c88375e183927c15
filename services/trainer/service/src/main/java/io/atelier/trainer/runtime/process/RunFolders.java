package io.atelier.trainer.runtime.process;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of attempts. Replicas that share jobs share this folder too, else the next attempt on another machine starts
 * from the beginning.
 */
public final class RunFolders {
    private static final Pattern EPOCH = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern JOB = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> LEFT_BEHIND = Set.of("run.lock", "staged", AttemptLog.NAME);
    private static final String PUBLISHED = "published.json";
    private static final String STAGED = ".new";
    private static final String MADE = "made";

    private final Path root;

    public RunFolders(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Where in an attempt's folder it publishes its model to: a repository with nothing else in it. */
    public static Path made(Path folder) {
        return folder.resolve(MADE);
    }

    /** An attempt's folder. */
    public Path of(JobId job, long epoch) {
        return of(job).resolve(Long.toString(epoch));
    }

    /** Makes an attempt's folder with what the last attempt at the job, or at the one it resumes, has kept. */
    public Path prepare(Job job, long epoch) {
        Path folder = of(job.id(), epoch);
        try {
            delete(folder); // what an attempt left that never got to start
            Optional<Path> last = last(job.id());
            if (last.isEmpty() && job.order().resumes().isPresent()) {
                JobId resumed = job.order().resumes().get();
                last = Optional.of(last(resumed).orElseThrow(() -> gone(resumed)));
            }
            if (last.isEmpty()) {
                return Files.createDirectories(folder);
            }
            Path staged = folder.resolveSibling(folder.getFileName() + STAGED);
            delete(staged);
            Files.createDirectories(staged);
            copy(last.get(), staged);
            return Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the attempts before this one, which has all that they kept. */
    public void forgetBefore(JobId job, long epoch) {
        for (long older : epochs(job)) {
            if (older < epoch) {
                deleteQuietly(of(job, older));
            }
        }
    }

    /**
     * Removes the folders of jobs that have ended and that nobody has touched for so long; answers how many.
     *
     * @param over whether a job has ended; asked of those alone that are old enough
     */
    public int sweep(Duration kept, Instant now, Predicate<JobId> over) {
        int swept = 0;
        for (String name : names(root)) {
            Path folder = root.resolve(name);
            if (JOB.matcher(name).matches()
                    && touched(folder).isBefore(now.minus(kept))
                    && over.test(new JobId(UUID.fromString(name)))) {
                deleteQuietly(folder);
                swept++;
            }
        }
        return swept;
    }

    private Optional<Path> last(JobId job) {
        return epochs(job).stream().max(Comparator.naturalOrder()).map(epoch -> of(job).resolve(Long.toString(epoch)));
    }

    private List<Long> epochs(JobId job) {
        return names(of(job)).stream()
                .filter(EPOCH.asMatchPredicate())
                .map(Long::valueOf)
                .toList();
    }

    private Path of(JobId job) {
        return root.resolve(job.toString());
    }

    private static RuntimeException gone(JobId job) {
        return Problem.field(
                        ErrorCode.NOTHING_TO_RESUME,
                        "id",
                        "a job that has kept a checkpoint",
                        "Nothing of the job " + job
                                + " is left here to go on from; create the training anew instead of resuming it.")
                .exception();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> String.valueOf(child.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies a run that may still be written to: what vanishes meanwhile was superseded, and checkpoints carry digests. That
     * the run has published is copied only if it was so before: the rest of the copy may be older.
     */
    private static void copy(Path from, Path to) throws IOException {
        Path published = from.resolve(PUBLISHED);
        boolean wasPublished = Files.exists(published);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (isLeftBehind(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isLeftBehind(file) && (wasPublished || !file.equals(published))) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)));
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static boolean isLeftBehind(Path path) {
        String name = String.valueOf(path.getFileName());
        return LEFT_BEHIND.contains(name) || name.endsWith(".tmp");
    }

    private static Instant touched(Path job) {
        return names(job).stream()
                .map(name -> modified(job.resolve(name)))
                .max(Comparator.naturalOrder())
                .orElse(modified(job));
    }

    private static Instant modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return Instant.MAX; // someone else removes it just now
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            // an attempt that lost its lease still writes there; the sweep comes again
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
