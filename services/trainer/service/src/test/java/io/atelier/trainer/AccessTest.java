package io.atelier.trainer;

import io.atelier.kit.KafkaResource;
import io.atelier.kit.access.AccessContract;
import io.atelier.kit.access.SecuredService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;

/** No entrance of the trainer lets in whom it does not know. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TrainerDatabase.class)
@WithTestResource(SecuredService.class)
class AccessTest extends AccessContract {
    @Inject
    Router router;

    @Override
    protected Router router() {
        return router;
    }

    @Override
    protected String service() {
        return "atelier.trainer.v1.TrainerService";
    }

    @Override
    protected String route() {
        return "GET /artifacts/x";
    }
}
