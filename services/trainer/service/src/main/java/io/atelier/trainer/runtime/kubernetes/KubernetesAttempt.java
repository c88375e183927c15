package io.atelier.trainer.runtime.kubernetes;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Failure;
import io.atelier.trainer.domain.Sign;
import io.atelier.trainer.runtime.runs.LastLines;
import io.atelier.trainer.runtime.runs.SignReader;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A training in a pod. One thread looks at the pod, another reads its log; signs wait in a bounded queue, and a full one
 * lets the log wait. The log has the first word on how the training ended, the pod's status the last.
 */
final class KubernetesAttempt implements Attempt {
    private static final System.Logger LOG = System.getLogger(KubernetesAttempt.class.getName());
    private static final int SIGNS = 256;

    private final Cluster cluster;
    private final String name;
    private final Sight sight;
    private final SignReader reader;
    private final Patience patience;
    private final Duration grace;
    private final BlockingQueue<Sign> signs = new ArrayBlockingQueue<>(SIGNS);
    private final LastLines words = new LastLines();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;
    private volatile boolean stopping;
    private volatile boolean told;
    private volatile boolean over;
    private volatile boolean gone;
    private @Nullable PodLog log;

    private KubernetesAttempt(
            Cluster cluster, String name, Sight sight, SignReader reader, Patience patience, Duration grace) {
        this.cluster = cluster;
        this.name = name;
        this.sight = sight;
        this.reader = reader;
        this.patience = patience;
        this.grace = grace;
        this.watcher = Thread.ofVirtual().name("training-pod").unstarted(this::watch);
    }

    /** Attends to an attempt whose Job is there. */
    static KubernetesAttempt attend(
            Cluster cluster, String name, Sight sight, SignReader reader, Patience patience, Duration grace) {
        KubernetesAttempt attempt = new KubernetesAttempt(cluster, name, sight, reader, patience, grace);
        attempt.watcher.start();
        return attempt;
    }

    @Override
    public Optional<Sign> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(signs.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void stop() {
        stopping = true;
        try {
            cluster.delete(name, grace);
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.WARNING, name + " could not be asked to stop", e); // close comes next
        }
    }

    @Override
    public void close() {
        boolean interrupted = false;
        closing.countDown();
        watcher.interrupt();
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            remove();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.WARNING, name + " could not be removed; the next attempt tries again", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An attempt that has ended is left to the cluster, for those who look; one that has not is ended. */
    private void remove() throws InterruptedException {
        if (gone || over || (told && awaitOver())) {
            return;
        }
        cluster.delete(name, Duration.ZERO);
        long begun = System.nanoTime();
        while (cluster.pod(name).isPresent()) {
            if (System.nanoTime() - begun > patience.removal().toNanos()) {
                LOG.log(System.Logger.Level.WARNING, "the pod of {0} does not go; its node may be lost", name);
                return;
            }
            TimeUnit.NANOSECONDS.sleep(patience.glance().toNanos() / 4); // it goes any moment
        }
    }

    /** Whether its pod ends by itself, as one does that has said its last word. */
    private boolean awaitOver() throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < patience.lastWords().toNanos()) {
            Standing standing = look();
            if (standing instanceof Standing.Over || standing instanceof Standing.Gone) {
                return true;
            }
            TimeUnit.NANOSECONDS.sleep(patience.glance().toNanos() / 4); // it goes any moment
        }
        return false;
    }

    private void watch() {
        try {
            Optional<Sign.Ending> unsaid = awaitEnd();
            if (unsaid.isPresent() && !told) {
                signs.put(unsaid.get());
            }
        } catch (InterruptedException e) {
            // closed: nobody listens any more
        } finally {
            closeLog();
        }
    }

    /** How the attempt ended, for the case that its log did not tell; nothing once it has told. */
    private Optional<Sign.Ending> awaitEnd() throws InterruptedException {
        Waits waits = new Waits(patience);
        while (!told) {
            try {
                Standing standing = look();
                waits.saw(standing);
                switch (standing) {
                    case Standing.Running(var pod) -> followed(pod);
                    case Standing.Over(var pod, var unsaid) -> {
                        over = true;
                        followed(pod).finish(patience.lastWords());
                        return Optional.of(withWords(unsaid));
                    }
                    case Standing.Gone(var unsaid) -> {
                        gone = true;
                        return Optional.of(log == null && stopping ? new Sign.Stopped() : lastOf(unsaid));
                    }
                    case Standing.Queued _, Standing.Starting _ -> {}
                }
            } catch (KubernetesClientException e) {
                waits.sawNothing(e);
            }
            Optional<Sign.Ending> outOfPatience = waits.over();
            if (outOfPatience.isPresent()) {
                return outOfPatience;
            }
            if (closing.await(patience.glance().toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Standing look() {
        // the pod first: between the two the Job may be deleted, but no pod appears without its Job
        var pod = cluster.pod(name);
        return sight.of(cluster.job(name), pod);
    }

    private Sign.Ending lastOf(Sign.Ending unsaid) throws InterruptedException {
        if (log != null) {
            log.finish(patience.lastWords());
        }
        return withWords(unsaid);
    }

    private Sign.Ending withWords(Sign.Ending unsaid) {
        String last = words.joined();
        return unsaid instanceof Sign.Vanished(var traces) && !last.isEmpty()
                ? new Sign.Vanished(traces + "; it last said: " + last)
                : unsaid;
    }

    private PodLog followed(String pod) {
        if (log == null) {
            log = PodLog.follow(cluster, pod, patience.glance(), this::heard);
        }
        return log;
    }

    private boolean heard(String line) throws InterruptedException {
        if (!line.startsWith("{")) {
            words.add(line);
            return true;
        }
        boolean last = false;
        for (Sign sign : reader.read(line)) {
            last = sign instanceof Sign.Ending;
            told = told || last;
            signs.put(sign);
        }
        return !last;
    }

    private void closeLog() {
        if (log != null) {
            try {
                log.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A training that has not begun. */
    static Sign.Ending refused(String why) {
        return new Sign.Failed(Failure.of(
                Problem.of(ErrorCode.CLUSTER_REFUSED, "The training did not start in the cluster: " + why + ".")));
    }
}
