package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void refusedCallIsASentenceWithCodeFieldAndLimit() {
        com.google.rpc.Status status = com.google.rpc.Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("ATELIER-REQUEST-0002: A request makes 1 to 64 pictures.")
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason("ATELIER-REQUEST-0002")
                        .putMetadata("field", "count")
                        .putMetadata("limit", "1..64")
                        .build()))
                .build();

        assertThat(told(StatusProto.toStatusRuntimeException(status)))
                .isEqualTo("A request makes 1 to 64 pictures. [ATELIER-REQUEST-0002, field count, limit 1..64]\n");
    }

    @Test
    void unreachableServiceSaysHowToStartOne() {
        assertThat(told(Status.UNAVAILABLE.withDescription("io exception").asRuntimeException()))
                .contains("cannot be reached")
                .contains("./atelier up");
    }

    @Test
    void localProblemReadsLikeARemoteOne() {
        Problem problem = Problem.field(ErrorCode.UNKNOWN_MODEL, "model", "a published model", "There is no model x.");

        assertThat(told(problem.exception()))
                .isEqualTo("There is no model x. [ATELIER-MODEL-0001, field model, limit a published model]\n");
    }

    private static String told(Exception failure) {
        StringWriter said = new StringWriter();
        assertThat(Failures.tell(failure, new PrintWriter(said))).isEqualTo(1);
        return said.toString();
    }
}
