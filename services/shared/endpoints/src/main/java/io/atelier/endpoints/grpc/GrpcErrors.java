package io.atelier.endpoints.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * The one place where a problem becomes a gRPC status. Details: {@code ErrorInfo} (reason is the code's id, domain
 * {@code atelier}, metadata field and limit), {@code BadRequest} with every field that is to blame, {@code RetryInfo} where
 * waiting helps, {@code RequestInfo}.
 *
 * @see <a href="https://google.aip.dev/193">AIP-193: errors</a>
 */
public final class GrpcErrors {
    /** The domain of every reason. */
    public static final String DOMAIN = "atelier";

    private GrpcErrors() {}

    /** The problem a failure stands for: its own, or INTERNAL without its text when it is a bug. */
    public static Problem problemOf(Throwable failure) {
        return failure instanceof ProblemException known
                ? known.problem()
                : Problem.of(
                        ErrorCode.INTERNAL, "Something failed on our side; the logs have it under the request id.");
    }

    /** The status of a problem. */
    public static StatusRuntimeException of(Problem problem, String requestId) {
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder().setReason(problem.code().id()).setDomain(DOMAIN);
        problem.field().ifPresent(field -> info.putMetadata("field", field));
        problem.limit().ifPresent(limit -> info.putMetadata("limit", limit));
        Status.Builder status = Status.newBuilder()
                .setCode(Code.valueOf(problem.status().name()).value())
                .setMessage(problem.code().id() + ": " + problem.message())
                .addDetails(Any.pack(info.build()));
        if (!problem.violations().isEmpty()) {
            status.addDetails(Any.pack(violations(problem)));
        }
        problem.retryAfter()
                .ifPresent(delay -> status.addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder()
                                .setSeconds(delay.toSeconds())
                                .setNanos(delay.toNanosPart()))
                        .build())));
        if (!requestId.isEmpty()) {
            status.addDetails(
                    Any.pack(RequestInfo.newBuilder().setRequestId(requestId).build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** The trailers that carry a status' details. */
    static Metadata trailers(StatusRuntimeException status) {
        Metadata trailers = status.getTrailers();
        return trailers == null ? new Metadata() : trailers;
    }

    private static BadRequest violations(Problem problem) {
        BadRequest.Builder all = BadRequest.newBuilder();
        problem.violations()
                .forEach(one ->
                        all.addFieldViolationsBuilder().setField(one.field()).setDescription(one.message()));
        return all.build();
    }
}
