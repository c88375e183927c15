package io.atelier.trainer.runtime.runs;

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
public final class RunFolders implements Runs {
    private static final Pattern EPOCH = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern JOB = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** What an attempt says beside its signs. */
    public static final String LOG = "attempt.log";

    private static final Set<String> LEFT_BEHIND = Set.of("run.lock", "staged", LOG);

    /** The data and models that a run has fetched: the next one fetches them again. */
    static final String DATA = "data";

    private static final Set<String> FETCHED = Set.of(DATA, "cache");
    private static final String PUBLISHED = "published.json";
    private static final String STAGED = ".new";

    private final Path root;

    public RunFolders(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** An attempt's folder. */
    Path folder(JobId job, long epoch) {
        return folder(job).resolve(Long.toString(epoch));
    }

    @Override
    public Run of(JobId job, long epoch) {
        return run(folder(job, epoch));
    }

    private static Run run(Path folder) {
        return new FolderRun(folder, List.of());
    }

    /** Makes an attempt's folder with nothing in it. */
    void empty(JobId job, long epoch) {
        Path folder = folder(job, epoch);
        try {
            delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Run prepare(Job job, long epoch) {
        Path folder = folder(job.id(), epoch);
        try {
            delete(folder); // what an attempt left that never got to start
            Optional<Path> last = last(job.id());
            if (last.isEmpty() && job.order().resumes().isPresent()) {
                JobId resumed = job.order().resumes().get();
                last = Optional.of(last(resumed).orElseThrow(() -> gone(resumed)));
            }
            if (last.isEmpty()) {
                return run(Files.createDirectories(folder));
            }
            Path staged = folder.resolveSibling(folder.getFileName() + STAGED);
            delete(staged);
            Files.createDirectories(staged);
            copy(last.get(), staged);
            return run(Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forgetBefore(JobId job, long epoch) {
        for (long older : epochs(job)) {
            if (older < epoch) {
                deleteQuietly(folder(job, older));
            }
        }
    }

    @Override
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
        return epochs(job).stream().max(Comparator.naturalOrder()).map(epoch -> folder(job, epoch));
    }

    private List<Long> epochs(JobId job) {
        return names(folder(job)).stream()
                .filter(EPOCH.asMatchPredicate())
                .map(Long::valueOf)
                .toList();
    }

    private Path folder(JobId job) {
        return root.resolve(job.toString());
    }

    static RuntimeException gone(JobId job) {
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
                if (isLeftBehind(from, folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isLeftBehind(from, file) && (wasPublished || !file.equals(published))) {
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

    private static boolean isLeftBehind(Path run, Path path) {
        String name = String.valueOf(path.getFileName());
        return (run.equals(path.getParent()) && FETCHED.contains(name))
                || LEFT_BEHIND.contains(name)
                || name.endsWith(".tmp");
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
