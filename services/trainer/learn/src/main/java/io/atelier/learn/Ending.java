package io.atelier.learn;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.Status;
import java.io.PrintWriter;

/**
 * How a command that failed ends: with one line, and with exit code 2 for a request that was refused, 1 for anything
 * else. Only a bug shows its stack.
 *
 * @param problem what went wrong
 * @param exit the process' exit code
 */
record Ending(Problem problem, int exit) {

    static Ending of(Throwable failure, PrintWriter err) {
        if (failure instanceof ProblemException known) {
            err.println(known.getMessage());
            err.flush();
            return new Ending(known.problem(), known.problem().status() == Status.INVALID_ARGUMENT ? 2 : 1);
        }
        failure.printStackTrace(err);
        err.flush();
        return new Ending(Problem.of(ErrorCode.INTERNAL, "A fault of ours: " + failure + "; the log has it."), 1);
    }
}
