package io.atelier.image.api;

import com.google.protobuf.Message;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.StylizeImageResult;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Loads protobuf's descriptors and its JSON reader beside the start, so that the first call does not load them on an event
 * loop.
 */
@Singleton
final class WarmUp {
    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("atelier-warm-up").start(WarmUp::codecs);
    }

    private static void codecs() {
        through(ImageRequests.GENERATED, GenerateImageResult.getDefaultInstance());
        through(ImageRequests.STYLIZED, StylizeImageResult.getDefaultInstance());
        through(ImageRequests.CLASSIFIED, ClassifyImageResponse.getDefaultInstance());
    }

    private static <M extends Message> void through(MessageCodec<M> codec, M message) {
        M read = codec.decode(MessageCodec.JSON, codec.encode(MessageCodec.JSON, message));
        assert read.equals(message);
    }
}
