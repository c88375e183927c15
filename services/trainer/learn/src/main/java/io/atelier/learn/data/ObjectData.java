package io.atelier.learn.data;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Shortage;
import io.atelier.kernel.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Data in an object store, brought to this machine's disk for the readers, which take files: the objects below a path as
 * a folder, or the one object that has the path for its key as a file, either under the path's last name. What is there
 * already as a whole, as its size tells, is not fetched again. Bounded by the readers' own limits.
 */
public final class ObjectData {
    private static final int AT_ONCE = 8;
    private static final String PARTS = ".part";

    private final ObjectStore objects;
    private final String path;
    private final String address;
    private final ReadLimits limits;

    /**
     * @param objects a bucket's objects
     * @param path the path in the bucket, without a slash at its end; may be empty
     * @param address what the data is called in messages
     */
    public ObjectData(ObjectStore objects, String path, String address, ReadLimits limits) {
        this.objects = objects;
        this.path = path;
        this.address = address;
        this.limits = limits;
    }

    /**
     * An object to fetch.
     *
     * @param key its key
     * @param name the file's path below the data's own
     */
    private record Item(String key, String name, long size) {}

    /**
     * Fetches what is missing and answers where the data lies.
     *
     * @param parent the folder that takes it
     * @param name what a bucket's root is called there
     * @param check asked before each object; what it throws ends the fetching
     */
    public Path fetch(Path parent, String name, Runnable check) {
        Path target = parent.resolve(path.isEmpty() ? name : inside(path.substring(path.lastIndexOf('/') + 1)));
        List<Item> items = below();
        if (items.isEmpty()) {
            items = List.of(alone());
        } else {
            forgetOthers(target, items.stream().map(Item::name).collect(Collectors.toSet()));
        }
        Path parts = parent.resolve(PARTS);
        try {
            Files.createDirectories(parts);
            all(items, target, parts, check);
            forgetOthers(parts, Set.of()); // what a killed fetching has left
            Files.delete(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private List<Item> below() {
        List<Item> items = new ArrayList<>();
        String prefix = path.isEmpty() ? "" : path + "/";
        long[] bytes = {0};
        objects.list(prefix, object -> {
            if (object.key().endsWith("/")) {
                return; // what some tools put in the place of a folder
            }
            items.add(new Item(object.key(), inside(object.key().substring(prefix.length())), object.size()));
            bytes[0] += object.size();
            require(items.size(), bytes[0]);
        });
        return items;
    }

    private Item alone() {
        List<Item> found = new ArrayList<>();
        if (!path.isEmpty()) {
            objects.list(path, object -> {
                if (object.key().equals(path)) {
                    found.add(new Item(path, "", object.size()));
                }
            });
        }
        if (found.isEmpty()) {
            throw Unusable.missing(
                    address + " holds nothing", "objects below it, or one of this key", "Check the address in --data.");
        }
        require(1, found.getFirst().size());
        return found.getFirst();
    }

    private void require(int count, long bytes) {
        if (count > limits.entries()) {
            throw Unusable.tooLarge(
                    address + " has too many objects",
                    "at most " + limits.entries(),
                    "Pack them into a .zip, or leave some out.");
        }
        if (bytes > limits.totalBytes()) {
            throw Unusable.tooLarge(
                    address + " is too large", "at most " + limits.totalBytes() + " bytes in all", "Leave some out.");
        }
    }

    /** A key is anyone's text: as a path it must stay below the data's folder. */
    private String inside(String name) {
        boolean leaves = Stream.of(name.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (leaves || name.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw Unusable.data(
                    address + " has an object that cannot be a file: " + name,
                    "names without empty parts, '.', '..', backslashes and control characters",
                    "Rename it or leave it out.");
        }
        return name;
    }

    /** A file whose object is gone since is no data any more. */
    private static void forgetOthers(Path target, Set<String> names) {
        if (!Files.isDirectory(target)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(target)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                if (!names.contains(target.relativize(file).toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Several at once: thousands of small pictures are mostly waiting. The first failure ends it. */
    private void all(List<Item> items, Path target, Path parts, Runnable check) {
        AtomicInteger part = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("data-", 0).factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (Item item : items) {
                running.add(threads.submit(() -> {
                    check.run();
                    one(item, target.resolve(item.name()), parts.resolve("" + part.incrementAndGet()));
                }));
            }
            try {
                for (Future<?> each : running) {
                    each.get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("nobody interrupts a training", e);
            }
        }
    }

    private void one(Item item, Path target, Path part) {
        try {
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.size(target) == item.size()) {
                return;
            }
            Files.createDirectories(target.getParent());
            InputStream found = objects.open(item.key(), 0).orElseThrow(() -> passing(item, "is gone", null));
            try (InputStream in = new BoundedInput(found, item.key(), item.size(), Integer.MAX_VALUE, () -> 1)) {
                if (Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING) != item.size()) {
                    throw passing(item, "changed meanwhile", null);
                }
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            if (Shortage.DISK.caused(e)) {
                throw new UncheckedIOException(e);
            }
            throw e instanceof FileSystemException ? Unusable.unreadable(target, e) : passing(item, "broke off", e);
        }
    }

    private ProblemException passing(Item item, String how, @Nullable IOException cause) {
        Problem problem = Problem.of(
                        ErrorCode.RUNS_UNAVAILABLE,
                        item.key() + " of " + address + " could not be fetched: it " + how + "; try again.")
                .withRetryAfter(Duration.ofSeconds(1));
        return cause == null ? problem.exception() : problem.exception(cause);
    }
}
