package io.atelier.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A model's current.json. Readers take no lock: a rename puts the whole new file in place of the old. */
final class CurrentFile implements VersionedRepository.Current {
    private static final String LOCK = ".lock";

    private final ModelName name;
    private final Path folder;
    private final Path file;

    CurrentFile(ModelName name, Path folder) {
        this.name = name;
        this.folder = folder;
        this.file = folder.resolve("current.json");
    }

    @Override
    public Optional<Promotion> read() {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(PackageReader.promotion(name, in.readNBytes(PackageReader.MAX_PROMOTION)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes it under the model's lock. */
    @Override
    public Promotion update(UnaryOperator<Promotion> change) {
        return NameLock.with(folder.resolve(LOCK), () -> {
            Promotion before = read().orElse(PromotionRules.NONE);
            Promotion after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            Promotion counted = PromotionRules.counted(before, after);
            Path next = folder.resolve(".current.json.next"); // only the lock's holder writes it
            Durable.write(next, ModelJson.write(counted));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Durable.syncFolder(folder);
            return counted;
        });
    }
}
