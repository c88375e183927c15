package io.atelier.trainer.runtime.publish;

import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.VersionClaim;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Published;
import io.atelier.trainer.domain.Publisher;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Publishes into the installation's model repository. */
public final class RepositoryPublisher implements Publisher {
    private final ModelRepository repository;
    private final InstantSource clock;

    public RepositoryPublisher(ModelRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public Published publish(Job job, Path folder, boolean promote, LongPredicate take) {
        ModelRepository made = new DirectoryModelRepository(folder, clock);
        ModelName name = made.names().getFirst();
        long version = made.versions(name).getLast();
        ModelPackage found = made.open(new ModelRef(name, OptionalLong.of(version)));
        made.verify(found);
        ModelManifest published = repository
                .publish(ModelDraft.of(found), promote, claim(job, take))
                .manifest();
        return new Published(name.value(), published.version(), published.digest());
    }

    private static VersionClaim claim(Job job, LongPredicate take) {
        return new VersionClaim() {
            @Override
            public String job() {
                return job.id().toString();
            }

            @Override
            public boolean take(long version) {
                return take.test(version);
            }
        };
    }
}
