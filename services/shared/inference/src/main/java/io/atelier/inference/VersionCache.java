package io.atelier.inference;

import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelPackage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Versions that only {@code name@version} asked for: loaded once for all who ask at the same time, kept by last use. A
 * broken one is remembered too, as its digest will not change.
 */
final class VersionCache implements AutoCloseable {
    private static final int BROKEN_KEPT = 64;

    private final int limit;
    private final Function<ModelPackage, LoadedModel> load;
    private final Map<String, LoadedModel> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, ProblemException> broken = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<LoadedModel>> loading = new LinkedHashMap<>();

    VersionCache(int limit, Function<ModelPackage, LoadedModel> load) {
        this.limit = limit;
        this.load = load;
    }

    /** A version, counted once more for the caller; loads and keeps it when nobody has. */
    LoadedModel acquire(ModelPackage found) {
        return acquire(found, this::keep);
    }

    /**
     * The same for a version that another keeps.
     *
     * @param keeper takes over a count of what was loaded
     */
    LoadedModel acquire(ModelPackage found, BiConsumer<String, LoadedModel> keeper) {
        String key = found.manifest().name() + "@" + found.manifest().version() + "/"
                + found.manifest().digest();
        CompletableFuture<LoadedModel> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<LoadedModel> other;
            synchronized (this) {
                LoadedModel known = loaded.get(key);
                if (known != null && known.retain()) {
                    return known;
                }
                ProblemException problem = broken.get(key);
                if (problem != null) {
                    throw problem.problem().exception(problem);
                }
                other = loading.putIfAbsent(key, mine);
            }
            if (other == null) {
                return load(key, found, mine, keeper);
            }
            LoadedModel theirs = join(other);
            if (theirs.retain()) {
                return theirs;
            }
        }
    }

    private LoadedModel load(
            String key,
            ModelPackage found,
            CompletableFuture<LoadedModel> mine,
            BiConsumer<String, LoadedModel> keeper) {
        try {
            LoadedModel model = load.apply(found);
            model.retain();
            keeper.accept(key, model);
            mine.complete(model);
            return model;
        } catch (ProblemException e) {
            if (!e.problem().status().retried()) {
                remember(key, e);
            }
            mine.completeExceptionally(e);
            throw e;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (this) {
                loading.remove(key);
            }
        }
    }

    private static LoadedModel join(CompletableFuture<LoadedModel> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException known) {
                throw known.problem().exception(known);
            }
            throw e;
        }
    }

    /** Keeps one, and lets those go that must for it. */
    private void keep(String key, LoadedModel model) {
        List<LoadedModel> gone = new ArrayList<>();
        synchronized (this) {
            loaded.put(key, model);
            Iterator<LoadedModel> oldest = loaded.values().iterator();
            for (int over = loaded.size() - limit; over > 0; over--) {
                gone.add(oldest.next());
                oldest.remove();
            }
        }
        gone.forEach(LoadedModel::release);
    }

    /** All that is kept. */
    synchronized Stream<MemoryBudget.Resident> residents() {
        return List.copyOf(loaded.entrySet()).stream()
                .map(one -> new MemoryBudget.Resident(one.getValue(), () -> drop(one.getKey(), one.getValue())));
    }

    private void drop(String key, LoadedModel model) {
        boolean kept;
        synchronized (this) {
            kept = loaded.remove(key, model);
        }
        if (kept) {
            model.release();
        }
    }

    private synchronized void remember(String key, ProblemException problem) {
        broken.put(key, problem);
        if (broken.size() > BROKEN_KEPT) {
            broken.remove(broken.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        List<LoadedModel> all;
        synchronized (this) {
            all = List.copyOf(loaded.values());
            loaded.clear();
        }
        all.forEach(LoadedModel::release);
    }
}
