package io.atelier.endpoints.codec;

import io.atelier.messaging.CancellationDecoder;
import io.atelier.proto.events.v1.CancelEvent;
import jakarta.inject.Singleton;

/** Reads cancellations with the codec of requests: strict JSON or protobuf. */
@Singleton
final class EventCancellations implements CancellationDecoder {
    private static final MessageCodec<CancelEvent> CODEC = MessageCodec.of(CancelEvent.getDefaultInstance());

    @Override
    public Target decode(String contentType, byte[] data) {
        CancelEvent event = CODEC.decode(contentType, data);
        return new Target(event.getKind(), event.getSource(), event.getId());
    }
}
