package io.atelier.learn;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.objects.ObjectInfo;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kernel.objects.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An object store that takes any key and can be away. */
public final class MemoryObjects implements ObjectStore {
    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    public void setAway(boolean now) {
        away = now;
    }

    /** The keys whose bytes were asked for, in turn. */
    public List<String> opened() {
        return opened;
    }

    private NavigableMap<String, byte[]> objects() {
        if (away) {
            throw Problem.of(ErrorCode.RUNS_UNAVAILABLE, "the store is away").exception();
        }
        return objects;
    }

    @Override
    public Optional<StoredObject> read(String key, int maxBytes) {
        return Optional.ofNullable(objects().get(key))
                .map(bytes -> new StoredObject(Arrays.copyOf(bytes, Math.min(bytes.length, maxBytes)), tag(bytes)));
    }

    private static String tag(byte[] bytes) {
        return Integer.toHexString(System.identityHashCode(bytes)); // every put keeps an array of its own
    }

    @Override
    public Optional<InputStream> open(String key, long offset) {
        opened.add(key);
        return Optional.ofNullable(objects().get(key))
                .map(bytes -> new ByteArrayInputStream(bytes, (int) offset, bytes.length));
    }

    @Override
    public void put(String key, byte[] bytes) {
        objects().put(key, bytes.clone());
    }

    @Override
    public void put(String key, Path file) {
        try {
            put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
        return objects().putIfAbsent(key, bytes.clone()) == null;
    }

    @Override
    public boolean putIfUnchanged(String key, byte[] bytes, String tag) {
        byte[] before = objects().get(key);
        return before != null && tag(before).equals(tag) && objects.replace(key, before, bytes.clone());
    }

    @Override
    public boolean copy(String from, String to) {
        byte[] bytes = objects().get(from);
        if (bytes != null) {
            objects.put(to, bytes);
        }
        return bytes != null;
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> each) {
        objects().tailMap(prefix).forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                each.accept(new ObjectInfo(key, bytes.length, Instant.EPOCH));
            }
        });
    }

    @Override
    public boolean any(String prefix) {
        String first = objects().ceilingKey(prefix);
        return first != null && first.startsWith(prefix);
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(objects()::remove);
    }
}
