package io.atelier.trainer.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One watcher's place in a job: what it has seen of the curve and of the state. Used by one thread. */
public final class Watching {
    /** How many points are read at once. */
    private static final int MOST = 500;

    private final Trainings trainings;
    private final JobId id;
    private long seenStep;
    private Optional<Job> seen = Optional.empty();

    /**
     * @param afterStep the step after which the curve is wanted, -1 for all of it
     */
    public Watching(Trainings trainings, JobId id, long afterStep) {
        this.trainings = trainings;
        this.id = id;
        this.seenStep = afterStep;
    }

    /**
     * What is new.
     *
     * @param job the job as it is now, when that has changed
     * @param points the points not seen yet
     * @param more whether there are more points already
     * @param ended whether nothing more will come
     */
    public record News(Optional<Job> job, List<Report> points, boolean more, boolean ended) {}

    /** Looks once. The job is read before the curve, so that the last points of an ended one are not missed. */
    public News look() {
        Job job = trainings.get(id);
        List<Report> points = new ArrayList<>(trainings.points(id, seenStep, MOST));
        boolean more = points.size() == MOST;
        if (!points.isEmpty()) {
            seenStep = points.getLast().step();
        }
        boolean ended = job.state().isEnd();
        boolean changed = seen.isEmpty() || !seen.get().equals(job);
        if (ended && more) {
            return new News(Optional.empty(), points, true, false); // the end is told after the last point
        }
        seen = Optional.of(job);
        return new News(changed ? Optional.of(job) : Optional.empty(), points, more, ended);
    }
}
