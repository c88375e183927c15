package io.atelier.trainer.api.kafka;

import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.messaging.OutgoingEvents;
import io.atelier.messaging.ProgressEvents;
import io.atelier.trainer.api.TrainingEnds;
import io.atelier.trainer.domain.Asked;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.ProgressReports;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** Progress events of jobs that were asked for by events: one on its way at a time, what comes meanwhile is left out. */
public final class JobProgress implements ProgressReports {
    private final OutgoingEvents out;
    private final ProgressEvents events;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(1);

    public JobProgress(OutgoingEvents out, String source, InstantSource clock) {
        this.out = out;
        this.events = new ProgressEvents(TrainingEnds.KIND, source);
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
            Asked asked = job.asked();
            out.send(
                    events.topic(),
                    asked.key().hex(),
                    events.attributes(asked.key(), asked.id(), asked.source(), clock.instant()),
                    ProgressEvents.data(asked.id(), step, totalSteps));
        } catch (RuntimeException e) {
            // the next one says more
        } finally {
            free.release();
        }
    }
}
