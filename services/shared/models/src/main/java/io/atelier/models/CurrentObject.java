package io.atelier.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kernel.objects.StoredObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A model's current.json in an object store, replaced only while it is what was read. */
record CurrentObject(ModelName name, ObjectStore objects) implements VersionedRepository.Current {
    private static final int ATTEMPTS = 200;
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private String key() {
        return name + "/current.json";
    }

    private Optional<StoredObject> stored() {
        return objects.read(key(), PackageReader.MAX_PROMOTION);
    }

    @Override
    public Optional<Promotion> read() {
        return stored().map(object -> PackageReader.promotion(name, object.bytes()));
    }

    @Override
    public Promotion update(UnaryOperator<Promotion> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StoredObject> stored = stored();
            Promotion before = stored.map(object -> PackageReader.promotion(name, object.bytes()))
                    .orElse(PromotionRules.NONE);
            Promotion after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            Promotion counted = PromotionRules.counted(before, after);
            byte[] json = ModelJson.write(counted);
            boolean written = stored.isPresent()
                    ? objects.putIfUnchanged(key(), json, stored.get().tag())
                    : objects.putIfAbsent(key(), json);
            if (written) {
                return counted;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS));
        }
        throw Problem.of(ErrorCode.PUBLISH_CONFLICT, "Others are changing this model; try again.")
                .withRetryAfter(Duration.ofSeconds(1))
                .exception();
    }
}
