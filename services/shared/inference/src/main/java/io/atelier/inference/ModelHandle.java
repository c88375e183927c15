package io.atelier.inference;

import io.atelier.models.ModelManifest;
import java.util.Map;

/**
 * A loaded version, counted: it stays open until the last handle is closed, whatever is published meanwhile. Close it
 * exactly once.
 */
public interface ModelHandle extends AutoCloseable {

    ModelManifest manifest();

    /** What results depend on beside model and inputs: instruction set or GPU model, runtime version, threads. */
    String deviceClass();

    /** What the graph of a role takes and gives; a role that the package does not have is the caller's bug. */
    GraphSignature signature(String graph);

    /**
     * Runs rows and waits for all of them; outputs by tensor name, rows in the order given. Row results do not depend on
     * the batch. Throws a problem: OVERLOADED with a delay when the queue is full, DEADLINE, CANCELLED.
     */
    Map<String, Rows> run(RunRequest request);

    @Override
    void close();
}
