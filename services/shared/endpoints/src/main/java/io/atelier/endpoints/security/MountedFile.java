package io.atelier.endpoints.security;

import io.atelier.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a mounted file says, read again when its content changes. A change that cannot be read is logged once and changes
 * nothing: what was read last stays in force.
 */
final class MountedFile<T> implements Supplier<T> {
    private static final Logger LOG = Logger.getLogger(MountedFile.class);
    private static final int MAX_BYTES = 1 << 20;

    private final String setting;
    private final Path path;
    private final Function<byte[], T> parser;
    private volatile T value;
    private @Nullable Digest seen;

    private MountedFile(String setting, Path path, Function<byte[], T> parser, byte[] content, T value) {
        this.setting = setting;
        this.path = path;
        this.parser = parser;
        this.seen = Digest.of(content);
        this.value = value;
    }

    /**
     * Reads a file for the first time; a failure is a sentence that names the setting.
     *
     * @param parser throws {@link IllegalArgumentException} with a reason that repeats no secret
     */
    static <T> MountedFile<T> open(String setting, Path path, Function<byte[], T> parser) {
        try {
            byte[] content = content(path);
            return new MountedFile<>(setting, path, parser, content, parser.apply(content));
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + " names " + path + ", which cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " names " + path + ": " + e.getMessage());
        }
    }

    @Override
    public T get() {
        return value;
    }

    /** Looks whether the file has changed. Called by one thread. */
    void refresh() {
        @Nullable Digest now = null;
        try {
            byte[] content = content(path);
            now = Digest.of(content);
            if (!now.equals(seen)) {
                value = parser.apply(content);
                LOG.infof("Read %s again: it has changed", path);
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!Objects.equals(now, seen)) {
                String reason = e instanceof IOException ? e.getClass().getSimpleName() : e.getMessage();
                LOG.errorf("%s: %s cannot be used (%s); what it said before stays in force", setting, path, reason);
            }
        }
        seen = now;
    }

    private static byte[] content(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IllegalArgumentException("it is larger than " + MAX_BYTES + " bytes");
            }
            return content;
        }
    }
}
