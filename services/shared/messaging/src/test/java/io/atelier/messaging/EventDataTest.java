package io.atelier.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.atelier.artifacts.runs.Ended;
import io.atelier.artifacts.runs.EventIssuer;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.Recording;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.Runs;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey;
import io.atelier.proto.events.v1.CancelledEvent;
import io.atelier.proto.events.v1.FailedEvent;
import io.atelier.proto.events.v1.ProgressEvent;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are written without protobuf; here they are read with it. */
class EventDataTest {
    private static final EventIssuer ISSUER = new EventIssuer("image", "/atelier/image", "http://127.0.0.1:8081");

    private final Store store = new Store();
    private final Runs runs = new Runs(ISSUER, store.outcomes(), InstantSource.system());

    @AfterEach
    void close() {
        runs.close();
        store.close();
    }

    @Test
    void aFailureIsTheContractsMessage() throws Exception {
        Ended ended = runs.execute(
                request(), Recording.RESULTS_AND_FAILURES, new Cancellation(), ProgressListener.NONE, context -> {
                    throw Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, "count", "1..64", "Too \"many\".")
                            .exception();
                });
        FailedEvent.Builder failed = FailedEvent.newBuilder();
        JsonFormat.parser().merge(text(ended.outcome().data()), failed);
        assertThat(failed.build())
                .isEqualTo(FailedEvent.newBuilder()
                        .setRequestId("id")
                        .setCode("ATELIER-REQUEST-0002")
                        .setStatus("INVALID_ARGUMENT")
                        .setMessage("Too \"many\".")
                        .setField("count")
                        .setLimit("1..64")
                        .build());
    }

    @Test
    void aCancellationIsTheContractsMessage() throws Exception {
        CancelledEvent.Builder cancelled = CancelledEvent.newBuilder();
        JsonFormat.parser()
                .merge(text(runs.cancel(request().key(), "id", "/test").data()), cancelled);
        assertThat(cancelled.getRequestId()).isEqualTo("id");
    }

    @Test
    void progressIsTheContractsMessageAndPaced() throws Exception {
        List<OutgoingEvent> sent = new ArrayList<>();
        Postbox postbox = event -> {
            sent.add(event);
            return Uni.createFrom().voidItem();
        };
        new ProgressReports(ISSUER, postbox, Duration.ZERO, InstantSource.system())
                .of(request())
                .report(3, 4);
        new ProgressReports(ISSUER, postbox, Duration.ofDays(1), InstantSource.system())
                .of(request())
                .report(4, 4);
        assertThat(sent).hasSize(1);
        ProgressEvent.Builder progress = ProgressEvent.newBuilder();
        JsonFormat.parser().merge(text(sent.getFirst().value()), progress);
        assertThat(progress.getRequestId()).isEqualTo("id");
        assertThat(progress.getProgress().getDone()).isEqualTo(3);
        assertThat(progress.getProgress().getTotal()).isEqualTo(4);
    }

    private static RunRequest request() {
        return RunRequest.of("image", RequestKey.Entrance.KAFKA, "/test", "id", "type", new byte[0], Deadline.NEVER);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
