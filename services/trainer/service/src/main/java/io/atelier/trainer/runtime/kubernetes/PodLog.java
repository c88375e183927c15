package io.atelier.trainer.runtime.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a pod's log to its end, over as many connections as it takes. */
final class PodLog {
    /** Takes the lines in their order; answers whether it wants more. */
    @FunctionalInterface
    interface Lines {
        boolean take(String line) throws InterruptedException;
    }

    private final Cluster cluster;
    private final String pod;
    private final Duration pause;
    private final Lines lines;
    private final Thread thread;
    private final LogPosition position = new LogPosition();
    private final CountDownLatch podOver = new CountDownLatch(1);
    private volatile @Nullable InputStream connection;
    private volatile long taken;

    private PodLog(Cluster cluster, String pod, Duration pause, Lines lines) {
        this.cluster = cluster;
        this.pod = pod;
        this.pause = pause;
        this.lines = lines;
        this.thread = Thread.ofVirtual().name("training-signs").unstarted(this::follow);
    }

    /** @param pause between two connections */
    static PodLog follow(Cluster cluster, String pod, Duration pause, Lines lines) {
        PodLog log = new PodLog(cluster, pod, pause, lines);
        log.thread.start();
        return log;
    }

    /** The pod has ended: what its log holds now is all. Waits for it, but for no line longer than so. */
    void finish(Duration patience) throws InterruptedException {
        podOver.countDown();
        long before;
        do {
            before = taken;
        } while (!thread.join(patience) && taken > before);
        close();
    }

    /** Reads no further. */
    void close() throws InterruptedException {
        thread.interrupt();
        InputStream open = connection;
        if (open != null) {
            closeQuietly(open);
        }
        thread.join();
    }

    private void follow() {
        try {
            while (true) {
                boolean last = podOver.getCount() == 0;
                if (!read() || last) {
                    return;
                }
                var _ = podOver.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // closed: nobody listens any more
        }
    }

    /** Whether more is wanted once this connection has ended. */
    private boolean read() throws InterruptedException {
        try (InputStream stream = cluster.log(pod, position.since())) {
            connection = stream;
            BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                Optional<String> read = position.read(line);
                if (read.isPresent() && !lines.take(read.get())) {
                    return false;
                }
                taken++;
            }
        } catch (IOException | KubernetesClientException e) {
            // the next connection goes on, unless the pod is over
        } finally {
            connection = null;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return true;
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // nobody reads it
        }
    }
}
