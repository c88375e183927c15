package io.atelier.trainer.runtime.kubernetes;

import io.atelier.trainer.domain.Sign;

/** Where an attempt stands in the cluster. */
sealed interface Standing {

    /** Its queue has not let it begin. */
    record Queued() implements Standing {}

    /**
     * It is to begin and does not.
     *
     * @param why what the cluster says, and what can be done
     */
    record Starting(String why) implements Standing {}

    /** Its container runs, so there is a log to read. */
    record Running(String pod) implements Standing {}

    /**
     * Its container has ended, and its log can be read.
     *
     * @param unsaid how it ended, should the log not tell
     */
    record Over(String pod, Sign.Ending unsaid) implements Standing {}

    /**
     * There is nothing left to read.
     *
     * @param unsaid how it ended, should the log not have told
     */
    record Gone(Sign.Ending unsaid) implements Standing {}
}
