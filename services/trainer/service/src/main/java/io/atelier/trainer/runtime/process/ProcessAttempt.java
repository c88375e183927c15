package io.atelier.trainer.runtime.process;

import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Sign;
import io.atelier.trainer.runtime.runs.SignReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A training in a child process. Its signs wait in a bounded queue; a full one lets the child wait. */
final class ProcessAttempt implements Attempt {
    private static final int SIGNS = 256;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Process process;
    private final SignReader reader;
    private final AttemptLog log;
    private final BlockingQueue<Sign> signs = new ArrayBlockingQueue<>(SIGNS);
    private final Thread listener;
    private final Thread logger;

    private ProcessAttempt(Process process, SignReader reader, AttemptLog log) {
        this.process = process;
        this.reader = reader;
        this.log = log;
        this.logger = Thread.ofVirtual().name("training-log").unstarted(() -> log.follow(process.getErrorStream()));
        this.listener = Thread.ofVirtual().name("training-signs").unstarted(this::listen);
    }

    static ProcessAttempt start(ProcessBuilder command, SignReader reader, AttemptLog log) throws IOException {
        ProcessAttempt attempt = new ProcessAttempt(command.start(), reader, log);
        attempt.logger.start();
        attempt.listener.start();
        return attempt;
    }

    @Override
    public Optional<Sign> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(signs.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void stop() {
        process.toHandle().destroy(); // Process.destroy would close the pipes before the last words
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // killed processes end soon, and a child must not outlive its attempt
            }
        }
        listener.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try {
            boolean ended = false;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null && !ended; line = lines.readLine()) {
                    for (Sign sign : reader.read(line)) {
                        signs.put(sign);
                        ended = sign instanceof Sign.Ending;
                    }
                }
            } catch (IOException e) {
                // a killed process: it has told what it has told
            }
            if (!ended) {
                signs.put(vanished());
            }
        } catch (InterruptedException e) {
            // closed: nobody listens any more
        }
    }

    private Sign vanished() throws InterruptedException {
        int code = process.waitFor();
        logger.join(LAST_WORDS);
        String words = log.lastLines();
        return new Sign.Vanished("the training process ended with code " + code
                + (code == 137 ? " (killed, perhaps for want of memory)" : "")
                + (words.isEmpty() ? "" : "; it last said: " + words));
    }
}
