package io.atelier.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.proto.events.v1.CancelEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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

    @Produces
    @Singleton
    CancellationDecoder decoder() {
        return TestBeans::decode;
    }

    private static CancellationDecoder.Target decode(String contentType, byte[] data) {
        try {
            CancelEvent.Builder event = CancelEvent.newBuilder();
            if (contentType.equals("application/protobuf")) {
                event.mergeFrom(data);
            } else {
                JsonFormat.parser().merge(new String(data, StandardCharsets.UTF_8), event);
            }
            return new CancellationDecoder.Target(event.getKind(), event.getSource(), event.getId());
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ErrorCode.UNDECODABLE, "No cancellation.").exception(e);
        }
    }

    void close(@Disposes Runs runs) {
        runs.close();
    }
}
