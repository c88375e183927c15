package io.atelier.image.runtime;

import io.atelier.inference.ModelServer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every promoted model has been loaded or found broken; tells which. */
@Readiness
@Singleton
final class ModelsReady implements HealthCheck {
    private final ModelServer models;

    ModelsReady(ModelServer models) {
        this.models = models;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("models").status(models.ready());
        models.models()
                .forEach(model -> answer.withData(
                        model.name().value(),
                        model.problem().orElseGet(() -> model.state().name())));
        return answer.build();
    }
}
