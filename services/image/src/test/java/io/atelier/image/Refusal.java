package io.atelier.image;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * How a call was refused.
 *
 * @param status the gRPC code
 * @param reason ErrorInfo's reason: the stable error code
 * @param field the field it names
 * @param limit the limit it names
 * @param message the sentence
 */
record Refusal(Status.Code status, String reason, String field, String limit, String message) {

    static Refusal of(ThrowingCallable call) {
        StatusRuntimeException failure =
                Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "the call succeeded");
        return of(failure);
    }

    static Refusal of(Throwable failure) {
        Status.Code code = Status.fromThrowable(failure).getCode();
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    return of(code, status.getMessage(), detail);
                }
            }
        }
        return new Refusal(code, "", "", "", String.valueOf(failure.getMessage()));
    }

    private static Refusal of(Status.Code code, String message, Any detail) {
        try {
            ErrorInfo info = detail.unpack(ErrorInfo.class);
            return new Refusal(
                    code,
                    info.getReason(),
                    info.getMetadataOrDefault("field", ""),
                    info.getMetadataOrDefault("limit", ""),
                    message);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
