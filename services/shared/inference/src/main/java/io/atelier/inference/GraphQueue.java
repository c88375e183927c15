package io.atelier.inference;

import io.atelier.models.ModelManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What waits for one graph of one version. Guarded by the scheduler's lock. */
final class GraphQueue {
    /** Every so many runs bulk work leads, so that it is slow beside interactive work but never stands still. */
    private static final int BULK_EVERY = 8;

    private static final double FORGETTING = 0.2;
    private static final Duration MIN_RETRY = Duration.ofMillis(50);
    private static final Duration MAX_RETRY = Duration.ofSeconds(30);

    private final LoadedModel model;
    private final GraphSession session;
    private final Turns interactive = new Turns();
    private final Turns bulk = new Turns();
    private int waitingRows;
    private int ledByInteractive;
    private boolean running;
    private double nanosPerRow;

    GraphQueue(LoadedModel model, GraphSession session) {
        this.model = model;
        this.session = session;
    }

    LoadedModel model() {
        return model;
    }

    ModelManifest manifest() {
        return model.manifest();
    }

    GraphSession session() {
        return session;
    }

    boolean isEmpty() {
        return waitingRows == 0;
    }

    /** Whether a run of it goes on: two at once would only fight for the cores that one of them can use alone. */
    boolean isRunning() {
        return running;
    }

    int waitingRows() {
        return waitingRows;
    }

    boolean hasRoom(int rows, int limit) {
        return waitingRows == 0 || waitingRows + rows <= limit;
    }

    void add(Ticket ticket) {
        turns(ticket).add(ticket);
        waitingRows += ticket.waiting();
    }

    /** Forgets the rows that no run has taken yet. */
    void remove(Ticket ticket) {
        if (ticket.waiting() > 0) {
            turns(ticket).remove(ticket);
            waitingRows -= ticket.waiting();
            ticket.taken = ticket.rows;
        }
    }

    /** All tickets that wait. */
    List<Ticket> tickets() {
        List<Ticket> all = new ArrayList<>();
        interactive.forEach(all::add);
        bulk.forEach(all::add);
        return all;
    }

    /** Takes the rows of the next run: all that wait, up to the largest size that runs well. */
    Batch take() {
        int size = session.largest(waitingRows);
        boolean bulkLeads = interactive.isEmpty() || !bulk.isEmpty() && ledByInteractive >= BULK_EVERY - 1;
        ledByInteractive = bulkLeads ? 0 : ledByInteractive + 1;
        Turns lead = bulkLeads ? bulk : interactive;
        Turns rest = bulkLeads ? interactive : bulk;
        Map<Ticket, Integer> counts = new LinkedHashMap<>();
        for (int row = 0; row < size; row++) {
            counts.merge(lead.isEmpty() ? rest.take() : lead.take(), 1, Integer::sum);
        }
        waitingRows -= size;
        running = true;
        List<Batch.Share> shares = new ArrayList<>();
        counts.forEach((ticket, count) -> shares.add(new Batch.Share(ticket, ticket.taken - count, count)));
        return new Batch(this, shares);
    }

    /** Its run is over. */
    void ran(int rows, long nanos) {
        running = false;
        double now = (double) nanos / rows;
        nanosPerRow = nanosPerRow == 0 ? now : nanosPerRow + FORGETTING * (now - nanosPerRow);
    }

    /** When what waits now will have run, at the present speed. */
    Duration retryAfter(int workers) {
        Duration estimate = Duration.ofNanos((long) (waitingRows * nanosPerRow / workers));
        if (estimate.compareTo(MIN_RETRY) < 0) {
            return MIN_RETRY;
        }
        return estimate.compareTo(MAX_RETRY) > 0 ? MAX_RETRY : estimate;
    }

    private Turns turns(Ticket ticket) {
        return ticket.request.priority() == RunRequest.Priority.INTERACTIVE ? interactive : bulk;
    }
}
