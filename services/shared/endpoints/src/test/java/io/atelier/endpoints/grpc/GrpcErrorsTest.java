package io.atelier.endpoints.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcErrorsTest {
    @Test
    void problemWithAFieldCarriesCodeFieldAndLimit() throws InvalidProtocolBufferException {
        Problem problem = Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, "count", "1..64", "Too many.");
        List<Any> details = details(GrpcErrors.of(problem, "r1"));
        ErrorInfo info = details.get(0).unpack(ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo("ATELIER-REQUEST-0002");
        assertThat(info.getDomain()).isEqualTo("atelier");
        assertThat(info.getMetadataMap()).containsEntry("field", "count").containsEntry("limit", "1..64");
        assertThat(details.get(1).unpack(BadRequest.class).getFieldViolations(0).getField())
                .isEqualTo("count");
    }

    @Test
    void severalProblemsCarryEveryField() throws InvalidProtocolBufferException {
        Problem both = Problem.all(List.of(
                Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, "count", "1..64", "Too many."),
                Problem.field(ErrorCode.UNKNOWN_FIELD, "cuont", "count", "Unknown.")));
        StatusRuntimeException failure = GrpcErrors.of(both, "r1");
        assertThat(failure.getMessage()).contains("2 problems. Too many. Unknown.");
        assertThat(details(failure).get(0).unpack(ErrorInfo.class).getMetadataMap())
                .containsEntry("field", "count");
        assertThat(details(failure).get(1).unpack(BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField, BadRequest.FieldViolation::getDescription)
                .containsExactly(tuple("count", "Too many."), tuple("cuont", "Unknown."));
    }

    @Test
    void delayTravelsAsRetryInfo() throws InvalidProtocolBufferException {
        Problem full = Problem.of(ErrorCode.OVERLOADED, "Full.").withRetryAfter(Duration.ofMillis(1500));
        RetryInfo retry = details(GrpcErrors.of(full, "")).get(1).unpack(RetryInfo.class);
        assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(1);
        assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
    }

    @Test
    void bugKeepsItsTextToItself() {
        Problem problem = GrpcErrors.problemOf(new IllegalStateException("secret path"));
        assertThat(problem.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(GrpcErrors.of(problem, "r1").getMessage()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyStatusIsAGrpcCode(Status status) {
        assertThat(io.grpc.Status.Code.valueOf(status.name()).name()).isEqualTo(status.name());
    }

    private static List<Any> details(StatusRuntimeException failure) {
        return Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList();
    }
}
