package io.atelier.models;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Publishing and promoting, which are the same wherever the packages lie. */
abstract class VersionedRepository implements ModelRepository {

    /** A model's promotion where it is kept. */
    interface Current {
        Optional<Promotion> read();

        /** Replaces the promotion by a changed one, counting the revision; a change that returns what it was given writes nothing. */
        Promotion update(UnaryOperator<Promotion> change);
    }

    /** A draft's files, ready to become a version. */
    interface Staged extends AutoCloseable {
        List<ModelFile> files();

        /** Makes the version visible, whole and durable; false when its number is taken. */
        boolean place(ModelManifest manifest) throws IOException;

        @Override
        void close() throws IOException;
    }

    abstract Current current(ModelName name);

    abstract Staged stage(ModelDraft draft) throws IOException;

    @Override
    public Optional<Promotion> promotion(ModelName name) {
        return current(name).read().filter(promotion -> promotion.version() > 0);
    }

    final long version(ModelRef ref) {
        return ref.version().orElseGet(() -> promoted(ref.name()));
    }

    private long promoted(ModelName name) {
        return promotion(name)
                .map(Promotion::version)
                .orElseThrow(() -> PackageReader.unknown(
                        versions(name).isEmpty()
                                ? "There is no model " + name + "."
                                : name + " has no promoted version; name one or promote one."));
    }

    @Override
    public final ModelPackage publish(ModelDraft draft, boolean promote) {
        return publish(draft, promote, digest -> manifest -> false, PromotionRules::published, version -> true);
    }

    @Override
    public final ModelPackage publish(ModelDraft draft, boolean promote, VersionClaim claim) {
        Predicate<ModelManifest> own = manifest -> manifest.training()
                .flatMap(Training::job)
                .filter(claim.job()::equals)
                .isPresent();
        return publish(draft.withJob(claim.job()), promote, digest -> own, PromotionRules::published, claim::take);
    }

    @Override
    public final ModelPackage publishIfNew(ModelDraft draft, boolean promote) {
        return publish(
                draft,
                promote,
                digest -> manifest -> manifest.digest().equals(digest),
                PromotionRules::found,
                version -> true);
    }

    /** Which of the versions that are there already is as good as the draft. */
    private interface Known {
        Predicate<ModelManifest> of(Digest digest);
    }

    /** How a version that was there already changes the promotion. */
    private interface Found {
        Promotion change(Promotion now, long version);
    }

    private ModelPackage publish(ModelDraft draft, boolean promote, Known known, Found whenFound, LongPredicate take) {
        PackageFiles.check(draft.files().keySet());
        try (Staged staged = stage(draft)) {
            Digest digest = ModelDigest.of(draft, staged.files());
            Placed placed = place(draft, staged, digest, known.of(digest), take);
            if (promote) {
                current(draft.name())
                        .update(now -> placed.fresh()
                                ? PromotionRules.published(now, placed.version())
                                : whenFound.change(now, placed.version()));
            }
            return open(new ModelRef(draft.name(), OptionalLong.of(placed.version()))); // as every reader will see it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Placed(long version, boolean fresh) {}

    /**
     * Takes the next number, and the one after it when somebody else was quicker. What is there is looked at before each
     * number, and the number follows from the same look: so of two publishers of one thing the second meets the first's,
     * be it an equal digest or the version of a job whose late attempt had taken that very number.
     */
    private Placed place(
            ModelDraft draft, Staged staged, Digest digest, Predicate<ModelManifest> known, LongPredicate take)
            throws IOException {
        for (long version = 1; ; version++) {
            List<Long> versions = versions(draft.name());
            Optional<Long> same = versions.stream()
                    .filter(there -> readable(draft.name(), there).filter(known).isPresent())
                    .findFirst();
            if (same.isPresent()) {
                return new Placed(same.get(), false);
            }
            version = Math.max(version, versions.isEmpty() ? 1 : versions.getLast() + 1);
            if (!take.test(version)) {
                throw lost(draft.name());
            }
            ModelManifest manifest = draft.manifest(version, digest, staged.files());
            ManifestRules.check(manifest);
            if (staged.place(manifest)) {
                return new Placed(version, true);
            }
        }
    }

    private Optional<ModelManifest> readable(ModelName name, long version) {
        try {
            return Optional.of(manifest(new ModelRef(name, OptionalLong.of(version))));
        } catch (ProblemException e) {
            if (e.problem().status().retried()) {
                throw e;
            }
            return Optional.empty(); // a broken version is no reason to refuse a good one
        }
    }

    private static ProblemException lost(ModelName name) {
        return Problem.of(
                        ErrorCode.PUBLISH_CONFLICT,
                        "Another attempt of the training job holds its lease and publishes " + name
                                + "; this one published nothing.")
                .exception();
    }

    @Override
    public final Promotion promote(ModelName name, long version) {
        require(name, version);
        return current(name).update(now -> PromotionRules.promoted(name, now, version));
    }

    @Override
    public final Promotion pin(ModelName name, long version) {
        require(name, version);
        return current(name).update(now -> PromotionRules.pinned(now, version));
    }

    @Override
    public final Promotion unpin(ModelName name) {
        promoted(name);
        return current(name).update(PromotionRules::unpinned);
    }

    @Override
    public final Promotion rollback(ModelName name) {
        promoted(name);
        return current(name).update(now -> {
            if (now.previous() == 0) {
                throw PackageReader.unknown(name + " has no version that was promoted before.");
            }
            require(name, now.previous());
            return PromotionRules.promoted(name, now, now.previous());
        });
    }

    private void require(ModelName name, long version) {
        manifest(new ModelRef(name, OptionalLong.of(version)));
    }
}
