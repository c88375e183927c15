package io.atelier.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A model's current.json. Readers take no lock: a rename puts the whole new file in place of the old. */
final class CurrentFile {
    static final String LOCK = ".lock";
    private static final int MAX_BYTES = 64 << 10;

    private final ModelName name;
    private final Path folder;
    private final Path file;

    CurrentFile(ModelName name, Path folder) {
        this.name = name;
        this.folder = folder;
        this.file = folder.resolve("current.json");
    }

    Optional<Promotion> read() {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(ModelJson.read(in.readNBytes(MAX_BYTES), Promotion.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw Problem.of(
                            ErrorCode.UNREADABLE_MANIFEST,
                            name + "/current.json cannot be read: " + e.getOriginalMessage()
                                    + ". Remove it and promote a version.")
                    .exception(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the promotion by a changed one under the model's lock, counting the revision; a change that returns
     * what it was given writes nothing.
     */
    Promotion update(UnaryOperator<Promotion> change) {
        return NameLock.with(folder.resolve(LOCK), () -> {
            Promotion before = read().orElse(PromotionRules.NONE);
            Promotion after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            Promotion counted = new Promotion(after.version(), after.pinned(), after.previous(), before.revision() + 1);
            Path next = folder.resolve(".current.json.next"); // only the lock's holder writes it
            Durable.write(next, ModelJson.write(counted));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Durable.syncFolder(folder);
            return counted;
        });
    }
}
