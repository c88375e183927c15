package io.atelier.inference;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One batch's run, and, when it fails with several requests in it, a run for each of them: an input that a graph cannot
 * take (an index beyond a table) must not fail those who share its run.
 */
record Attempt(Batch batch) {

    /** What failed, for each share; nothing where all went well. */
    List<Optional<Throwable>> run() {
        GraphSession session = batch.queue.session();
        try {
            session.run(batch.shares, batch.options());
            return Collections.nCopies(batch.shares.size(), Optional.empty());
        } catch (OrtException | RuntimeException e) {
            if (batch.shares.size() == 1 || batch.isTerminated()) {
                return Collections.nCopies(batch.shares.size(), Optional.of(e));
            }
        }
        List<Optional<Throwable>> failures = new ArrayList<>();
        batch.shares.forEach(share -> failures.add(alone(session, share)));
        return failures;
    }

    private Optional<Throwable> alone(GraphSession session, Batch.Share share) {
        try {
            int end = share.first() + share.count();
            for (int first = share.first(); first < end; ) {
                int count = session.largest(end - first);
                session.run(List.of(new Batch.Share(share.ticket(), first, count)), batch.options());
                first += count;
            }
            return Optional.empty();
        } catch (OrtException | RuntimeException e) {
            return Optional.of(e);
        }
    }
}
