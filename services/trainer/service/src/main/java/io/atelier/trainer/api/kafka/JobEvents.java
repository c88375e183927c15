package io.atelier.trainer.api.kafka;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.models.ModelChanges;
import io.atelier.proto.events.v1.ModelChangedEvent;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.EndEvents;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.OutboxEvent;
import io.atelier.trainer.domain.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is told of a job's end: its outcome to those who asked by an event, and a published model to the services. */
public final class JobEvents implements EndEvents {
    private static final String RESULTS = "atelier." + TrainingEnds.KIND + ".results";
    private static final MessageCodec<ModelChangedEvent> CHANGED =
            MessageCodec.of(ModelChangedEvent.getDefaultInstance());

    private final TrainingEnds ends;

    public JobEvents(TrainingEnds ends) {
        this.ends = ends;
    }

    @Override
    public List<OutboxEvent> of(Job ended) {
        List<OutboxEvent> events = new ArrayList<>();
        ended.model().ifPresent(model -> events.add(changed(ended, model)));
        if (ended.asked().entrance() == Entrance.KAFKA) {
            events.add(outcome(ends.of(ended).orElseThrow()));
        }
        return events;
    }

    private static OutboxEvent outcome(StoredOutcome outcome) {
        return new OutboxEvent(RESULTS, outcome.key().hex(), outcome.attributes(), outcome.data());
    }

    private OutboxEvent changed(Job job, Published model) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("type", ModelChanges.TYPE);
        attributes.put("source", ends.issuer().source());
        attributes.put("id", job.id().toString());
        attributes.put("time", job.changedAt().toString());
        attributes.put("datacontenttype", MessageCodec.JSON);
        byte[] data = CHANGED.encode(
                MessageCodec.JSON,
                ModelChangedEvent.newBuilder()
                        .setName(model.model())
                        .setVersion(model.version())
                        .setDigest(model.digest().hex())
                        .build());
        return new OutboxEvent(ModelChanges.TOPIC, model.model(), attributes, data);
    }
}
