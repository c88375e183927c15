package io.atelier.inference;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests wait and platform threads run them. A free thread takes the graph whose turn it is, and that is not running,
 * and all the rows that wait for it; callers wait on a condition, which holds no carrier thread.
 */
final class Scheduler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());

    private static final Duration MEMORY_RETRY = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<GraphQueue> turns = new ArrayDeque<>();
    private final List<Batch> running = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private final int queueRows;
    private final long waitingBytes;
    private final InferenceListener listener;
    private final InstantSource clock;
    private long heldBytes;
    private boolean closed;

    Scheduler(InferenceSettings settings, InferenceListener listener, InstantSource clock) {
        this.queueRows = settings.queueRows();
        this.waitingBytes = settings.memory().waiting();
        this.listener = listener;
        this.clock = clock;
        for (int i = 0; i < settings.workers(); i++) {
            this.workers.add(Thread.ofPlatform().name("inference-" + i).daemon().start(this::work));
        }
    }

    int waitingRows() {
        lock.lock();
        try {
            return turns.stream().mapToInt(GraphQueue::waitingRows).sum();
        } finally {
            lock.unlock();
        }
    }

    int runs() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    /** Runs a request, waits for it and tells how it ended. */
    Map<String, Rows> run(GraphQueue queue, RunRequest request, int rows) {
        long came = System.nanoTime();
        try {
            Map<String, Rows> outputs = await(queue, request, rows);
            ended(queue, came, true);
            return outputs;
        } catch (RuntimeException | Error e) {
            ended(queue, came, false);
            throw e;
        }
    }

    private void ended(GraphQueue queue, long came, boolean well) {
        Duration took = Duration.ofNanos(System.nanoTime() - came);
        tell(() -> listener.ended(queue.manifest(), queue.session().role(), took, well));
    }

    private Map<String, Rows> await(GraphQueue queue, RunRequest request, int rows) {
        request.cancellation().check();
        if (request.deadline().expired(clock)) {
            throw late().exception();
        }
        long bytes = queue.session().bytes(request.inputs(), rows);
        Ticket ticket = enter(queue, request, rows, bytes);
        try (Cancellation.Registration registration =
                request.cancellation().onCancel(() -> leave(queue, ticket, cancelled()))) {
            await(queue, ticket);
        } catch (RuntimeException | Error e) {
            leave(queue, ticket, cancelled());
            throw e;
        } finally {
            giveBack(bytes);
        }
        return ticket.outputs();
    }

    private void giveBack(long bytes) {
        lock.lock();
        try {
            heldBytes -= bytes;
        } finally {
            lock.unlock();
        }
    }

    private Ticket enter(GraphQueue queue, RunRequest request, int rows, long bytes) {
        lock.lock();
        try {
            if (closed) {
                throw shuttingDown().exception();
            }
            boolean fits = queue.hasRoom(rows, queueRows) && (heldBytes == 0 || heldBytes + bytes <= waitingBytes);
            if (!request.goesOn() && !fits) {
                throw Problem.of(ErrorCode.OVERLOADED, "Too much waits for this model; try again after the delay.")
                        .withRetryAfter(queue.retryAfter(workers.size()))
                        .exception();
            }
            if (queue.isEmpty()) {
                turns.addLast(queue);
            }
            Ticket ticket = new Ticket(request, rows, lock.newCondition(), System.nanoTime());
            queue.add(ticket);
            heldBytes += bytes;
            work.signal();
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the request is over, and tells its rows as they are done, on the caller's thread. */
    private void await(GraphQueue queue, Ticket ticket) {
        int told = 0;
        while (true) {
            int done;
            boolean over;
            Optional<Problem> failed;
            lock.lock();
            try {
                while (!ticket.isOver() && ticket.done == told) {
                    awaitChange(queue, ticket);
                }
                done = ticket.done;
                over = ticket.isOver();
                failed = ticket.failed;
            } finally {
                lock.unlock();
            }
            if (failed.isPresent()) {
                throw ticket.cause
                        .map(cause -> ticket.failed.orElseThrow().exception(cause))
                        .orElseGet(() -> ticket.failed.orElseThrow().exception());
            }
            if (done > told) {
                told = done;
                ticket.request.rowsDone().accept(done);
            }
            if (over) {
                return;
            }
        }
    }

    private void awaitChange(GraphQueue queue, Ticket ticket) {
        Deadline deadline = ticket.request.deadline();
        try {
            if (deadline.isNever()) {
                ticket.changed.await();
                return;
            }
            long left = TimeUnit.NANOSECONDS.convert(deadline.remaining(clock));
            if (left <= 0) {
                leaveHeld(queue, ticket, late());
            } else {
                ticket.changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leaveHeld(queue, ticket, cancelled());
        }
    }

    private void leave(GraphQueue queue, Ticket ticket, Problem why) {
        lock.lock();
        try {
            leaveHeld(queue, ticket, why);
        } finally {
            lock.unlock();
        }
    }

    private void leaveHeld(GraphQueue queue, Ticket ticket, Problem why) {
        if (ticket.isOver()) {
            return;
        }
        ticket.failed = Optional.of(why);
        queue.remove(ticket);
        if (queue.isEmpty()) {
            turns.remove(queue);
        }
        running.forEach(batch -> batch.leave(ticket));
        ticket.changed.signal();
    }

    private void work() {
        while (true) {
            Optional<Batch> next = next();
            if (next.isEmpty()) {
                return;
            }
            try (Batch batch = next.get()) {
                run(batch);
            }
        }
    }

    /** Waits for the next run; nothing once closed. */
    private Optional<Batch> next() {
        lock.lock();
        try {
            while (true) {
                Optional<GraphQueue> turn = turn();
                while (turn.isEmpty() && !closed) {
                    work.awaitUninterruptibly();
                    turn = turn();
                }
                if (closed) {
                    return Optional.empty();
                }
                GraphQueue queue = turn.orElseThrow();
                turns.remove(queue);
                dropLate(queue);
                if (queue.isEmpty()) {
                    continue;
                }
                if (!queue.model().retain()) { // no request waits without a handle
                    throw new IllegalStateException("rows wait for a closed model");
                }
                Batch batch = queue.take();
                running.add(batch);
                if (!queue.isEmpty()) {
                    turns.addLast(queue);
                }
                return Optional.of(batch);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<GraphQueue> turn() {
        return turns.stream().filter(queue -> !queue.isRunning()).findFirst();
    }

    private void dropLate(GraphQueue queue) {
        for (Ticket ticket : queue.tickets()) {
            if (ticket.request.deadline().expired(clock)) {
                leaveHeld(queue, ticket, late());
            }
        }
    }

    private void run(Batch batch) {
        long began = System.nanoTime();
        tell(() -> batch.shares.stream()
                .filter(share -> share.first() == 0)
                .forEach(share -> listener.started(
                        batch.queue.manifest(),
                        batch.queue.session().role(),
                        Duration.ofNanos(began - share.ticket().cameNanos))));
        List<Optional<Throwable>> failures = attempt(batch);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        finish(batch, failures, took.toNanos());
        tell(() -> listener.ran(batch.queue.manifest(), batch.queue.session().role(), batch.rows, took));
    }

    /** Runs it, and gives the model back before anybody hears of the end: who does may ask for its memory at once. */
    private static List<Optional<Throwable>> attempt(Batch batch) {
        try {
            return Attempt.at(batch).make();
        } finally {
            batch.queue.model().release();
        }
    }

    /** A listener's failure is its own. */
    private static void tell(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "an inference listener failed", e);
        }
    }

    private void finish(Batch batch, List<Optional<Throwable>> failures, long took) {
        lock.lock();
        try {
            running.remove(batch);
            batch.queue.ran(batch.rows, took);
            work.signal(); // what waited for this run, or whatever has its turn now
            for (int i = 0; i < batch.shares.size(); i++) {
                Batch.Share share = batch.shares.get(i);
                Ticket ticket = share.ticket();
                if (failures.get(i).isEmpty()) {
                    ticket.done += share.count();
                    ticket.changed.signal();
                } else if (!ticket.isOver()) {
                    ticket.cause = failures.get(i);
                    leaveHeld(
                            batch.queue,
                            ticket,
                            closed ? shuttingDown() : failed(failures.get(i).get()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends everything: what waits is refused, what runs is stopped. Returns when no run is left. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            for (GraphQueue queue : List.copyOf(turns)) {
                queue.tickets().forEach(ticket -> leaveHeld(queue, ticket, shuttingDown()));
            }
            running.forEach(Batch::terminate);
            work.signalAll();
        } finally {
            lock.unlock();
        }
        workers.forEach(Threads::join);
    }

    private static Problem late() {
        return Problem.of(ErrorCode.DEADLINE, "The request's time ran out while it waited for the model.");
    }

    private static Problem cancelled() {
        return Problem.of(ErrorCode.CANCELLED, "The request was cancelled.");
    }

    private static Problem shuttingDown() {
        return Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping; try again.");
    }

    private static Problem failed(Throwable cause) {
        if (Attempt.isOutOfMemory(cause)) {
            return Problem.of(
                            ErrorCode.RUN_OUT_OF_MEMORY,
                            "There is not enough memory to run the model on this input; send a smaller one, or try again"
                                    + " when less is going on.")
                    .withRetryAfter(MEMORY_RETRY);
        }
        return Problem.of(ErrorCode.INTERNAL, "The model failed on this input.");
    }
}
