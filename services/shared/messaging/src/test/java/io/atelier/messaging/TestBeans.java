package io.atelier.messaging;

import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.Runs;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What a service gives to delivery. */
@Dependent
class TestBeans {
    @Produces
    @Singleton
    Store store() {
        return new Store();
    }

    void close(@Disposes Store store) {
        store.close();
    }

    @Produces
    @Singleton
    Runs runs(Store store) {
        return new Runs(
                new EventIssuer("image", "/atelier/test/image", "http://127.0.0.1:8081"),
                store.outcomes(),
                InstantSource.system());
    }

    void close(@Disposes Runs runs) {
        runs.close();
    }
}
