package io.atelier.trainer.api.kafka;

import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.messaging.OutgoingEvents;
import io.atelier.messaging.ProgressEvent;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.ProgressReports;
import java.time.InstantSource;
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
        Asked asked = job.asked();
        ProgressEvent event = ProgressEvent.of(
                TrainingEnds.KIND, source, asked.key(), asked.id(), asked.source(), clock.instant(), step, totalSteps);
        try {
            events.send(TOPIC, asked.key().hex(), event.attributes(), event.data());
        } catch (RuntimeException e) {
            // the next one says more
        } finally {
            free.release();
        }
    }
}
