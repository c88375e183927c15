package io.atelier.image;

import io.atelier.kit.KafkaResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** The service with models, works and outcomes in an object store, by configuration alone. */
public final class OnS3 implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(KafkaResource.class), new TestResourceEntry(S3Service.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
