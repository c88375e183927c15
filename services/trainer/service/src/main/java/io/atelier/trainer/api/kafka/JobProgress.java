package io.atelier.trainer.api.kafka;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.messaging.EventTypes;
import io.atelier.messaging.OutgoingEvents;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.ProgressReports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** Progress events of jobs that were asked for by events: one on its way at a time, what comes meanwhile is left out. */
public final class JobProgress implements ProgressReports {
    private static final String TOPIC = "atelier." + TrainingEnds.KIND + ".progress";

    private final OutgoingEvents events;
    private final String source;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(1);

    public JobProgress(OutgoingEvents events, String source, InstantSource clock) {
        this.events = events;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void told(Job job, long step, long totalSteps) {
        if (job.asked().entrance() == Entrance.KAFKA && free.tryAcquire()) {
            Thread.ofVirtual().start(() -> send(job, step, totalSteps));
        }
    }

    private void send(Job job, long step, long totalSteps) {
        try {
            events.send(TOPIC, job.asked().key().hex(), attributes(job.asked()), data(job, step, totalSteps));
        } catch (RuntimeException e) {
            // the next one says more
        } finally {
            free.release();
        }
    }

    private Map<String, String> attributes(Asked asked) {
        Instant now = clock.instant();
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", asked.key().hex() + "-" + now.toEpochMilli());
        attributes.put("source", source);
        attributes.put("type", EventTypes.progress(TrainingEnds.KIND));
        attributes.put("time", now.toString());
        attributes.put("datacontenttype", "application/json");
        attributes.put("requestid", asked.id());
        attributes.put("requestsource", asked.source());
        return attributes;
    }

    private static byte[] data(Job job, long step, long totalSteps) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("request_id", job.asked().id());
        data.putObject("progress").put("done", step).put("total", totalSteps);
        return data.toString().getBytes(StandardCharsets.UTF_8);
    }
}
