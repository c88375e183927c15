package io.atelier.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.local.LocalException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Tells every failure of a command as a sentence, with code, field and limit where there are any, in one place. */
final class Failures {
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    private Failures() {}

    /** Prints the sentence and answers the exit code. Only a bug shows its stack. */
    static int tell(Exception failure, PrintWriter err) {
        int code = print(failure, err);
        err.flush();
        return code;
    }

    private static int print(Exception failure, PrintWriter err) {
        switch (failure) {
            case CommandException refused -> {
                err.println(refused.getMessage());
                return refused.exitCode();
            }
            case StatusRuntimeException refused -> err.println(sentence(refused));
            case ProblemException refused -> err.println(sentence(refused.problem()));
            case LocalException refused -> {
                err.println(refused.getMessage());
                reason(refused).ifPresent(cause -> err.println("  " + cause));
            }
            case IOException io -> err.println(sentence(io));
            case UncheckedIOException io -> err.println(sentence(io));
            case InterruptedException stopped -> {
                err.println("Stopped.");
                return INTERRUPTED;
            }
            default -> failure.printStackTrace(err);
        }
        return FAILED;
    }

    private static Optional<String> reason(LocalException failure) {
        return Optional.ofNullable(failure.getCause()).map(Throwable::getMessage);
    }

    private static String sentence(Exception failure) {
        return "Reading or writing failed: " + failure.getMessage() + " ("
                + failure.getClass().getSimpleName() + ")";
    }

    private static String sentence(Problem problem) {
        return problem.message()
                + details(
                        problem.code().id(),
                        problem.field().orElse(""),
                        problem.limit().orElse(""));
    }

    private static String sentence(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        Optional<ErrorInfo> info = info(failure);
        if (info.isEmpty()) {
            if (status.getCause() != null && isTls(status.getCause())) {
                return "No encrypted connection could be made (" + rootMessage(status.getCause())
                        + "). Name the authority of the service's certificate with --ca FILE; where the service asks for"
                        + " one, show a certificate with --cert and --key.";
            }
            return status.getCode() == Status.Code.UNAVAILABLE
                    ? "The service cannot be reached (" + status.getDescription() + "). Is the suite up? Start it with"
                            + " ./atelier up, or name another with --target HOST:PORT."
                    : "The service answered " + status.getCode() + ": " + status.getDescription();
        }
        Map<String, String> metadata = info.get().getMetadataMap();
        String code = info.get().getReason();
        String said = Optional.ofNullable(status.getDescription()).orElse(code);
        String message = said.startsWith(code + ": ") ? said.substring(code.length() + 2) : said;
        String hint = status.getCode() == Status.Code.UNAUTHENTICATED
                ? " Here that is --credential-file FILE, a file with the key or token."
                : "";
        return message + hint + details(code, metadata.getOrDefault("field", ""), metadata.getOrDefault("limit", ""));
    }

    private static boolean isTls(Throwable failure) {
        return failure instanceof SSLException || failure.getCause() != null && isTls(failure.getCause());
    }

    private static String rootMessage(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : rootMessage(failure.getCause());
    }

    private static String details(String code, String field, String limit) {
        return " [" + code + (field.isEmpty() ? "" : ", field " + field) + (limit.isEmpty() ? "" : ", limit " + limit)
                + "]";
    }

    private static Optional<ErrorInfo> info(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .findFirst()
                .map(detail -> {
                    try {
                        return detail.unpack(ErrorInfo.class);
                    } catch (InvalidProtocolBufferException e) {
                        return ErrorInfo.getDefaultInstance();
                    }
                });
    }
}
