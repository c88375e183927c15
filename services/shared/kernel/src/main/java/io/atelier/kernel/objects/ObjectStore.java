package io.atelier.kernel.objects;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects by key, with conditional writes. Thread-safe. Reads see every write that returned before them.
 *
 * <p>Every method answers a retried problem when the store cannot be reached or refuses, with the code the store was
 * opened with. An interrupt does not break a call off: a half-done write would leave its caller not knowing.
 */
public interface ObjectStore {

    /** An object as far as its first bytes up to a limit, or nothing when there is none. */
    Optional<StoredObject> read(String key, int maxBytes);

    /**
     * Opens an object at an offset below its size, or nothing when there is none. The caller closes the stream, whose
     * reads fail with an {@link java.io.IOException} when the connection does.
     */
    Optional<InputStream> open(String key, long offset);

    /** Puts an object, in the place of one that is there. */
    void put(String key, byte[] bytes);

    /** Puts a file, in the place of an object that is there. */
    void put(String key, Path file);

    /** Puts an object unless one is there; false when one was. Exactly one of several writers gets true. */
    boolean putIfAbsent(String key, byte[] bytes);

    /** Replaces an object that still has this tag; false when it has changed or gone. */
    boolean putIfUnchanged(String key, byte[] bytes, String tag);

    /** Copies an object within the store; false when there is none. */
    boolean copy(String from, String to);

    /** Tells every object whose key begins so, in the keys' order. */
    void list(String prefix, Consumer<ObjectInfo> each);

    /** Whether there is an object whose key begins so. */
    boolean any(String prefix);

    /** Deletes objects; keys without an object are no error. */
    void delete(Collection<String> keys);
}
