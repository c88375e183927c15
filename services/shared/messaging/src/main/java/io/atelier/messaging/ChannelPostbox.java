package io.atelier.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The outgoing channels. Their buffers hold more than the requests that can be in flight. */
@ApplicationScoped
class ChannelPostbox implements Postbox {
    private final MutinyEmitter<byte[]> results;
    private final MutinyEmitter<byte[]> deadLetters;
    private final MutinyEmitter<byte[]> progress;

    ChannelPostbox(
            @Channel("results") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    MutinyEmitter<byte[]> results,
            @Channel("dead-letter") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    MutinyEmitter<byte[]> deadLetters,
            @Channel("progress") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    MutinyEmitter<byte[]> progress) {
        this.results = results;
        this.deadLetters = deadLetters;
        this.progress = progress;
    }

    @Override
    public Uni<Void> post(OutgoingEvent event) {
        RecordHeaders headers = new RecordHeaders(event.headers().toArray(Header[]::new));
        OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<byte[]> metadata =
                OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withKey(event.key())
                        .withHeaders(headers);
        event.topic().ifPresent(metadata::withTopic);
        return emitter(event.channel()).sendMessage(Message.of(event.value()).addMetadata(metadata.build()));
    }

    private MutinyEmitter<byte[]> emitter(OutgoingEvent.Channel channel) {
        return switch (channel) {
            case RESULTS -> results;
            case DEAD_LETTER -> deadLetters;
            case PROGRESS -> progress;
        };
    }
}
