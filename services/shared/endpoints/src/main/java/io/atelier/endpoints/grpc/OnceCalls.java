package io.atelier.endpoints.grpc;

import com.google.protobuf.Message;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Ended;
import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.ProgressListener;
import io.atelier.artifacts.runs.Recording;
import io.atelier.artifacts.runs.RunRequest;
import io.atelier.artifacts.runs.Runs;
import io.atelier.artifacts.runs.Work;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey.Entrance;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The gRPC entrance to {@link Runs}: a call's result is kept under its request id, and a repeated call gets that result
 * alone. Failures are the caller's to see and are not kept; a client that goes stops the work and leaves nothing.
 */
public final class OnceCalls {
    private final String kind;
    private final Calls calls;
    private final Runs runs;
    private final InlineContent inline;
    private final Duration jobLimit;
    private final InstantSource clock;

    /**
     * @param kind image, audio or text
     * @param jobLimit how long any call may take, whatever deadline it brings
     */
    public OnceCalls(
            String kind, Calls calls, Runs runs, InlineContent inline, Duration jobLimit, InstantSource clock) {
        this.kind = kind;
        this.calls = calls;
        this.runs = runs;
        this.inline = inline;
        this.jobLimit = jobLimit;
        this.clock = clock;
    }

    /** Builds the messages of one stream. */
    public interface Stages<M, A> {
        M queued(String requestId);

        M progress(int done, int total);

        M result(A result);
    }

    /** Answers a server stream: queued, progress, then the result; the result alone when it is stored already. */
    public <M extends Message, A extends Message> void stream(
            String type,
            Function<CallInfo, Prepared> decode,
            MessageCodec<A> results,
            Stages<M, A> stages,
            StreamObserver<M> observer) {
        CallInfo call = CallInfo.current();
        Cancellation cancellation = new Cancellation();
        StreamWriter<M> out = StreamWriter.open(observer, cancellation);
        calls.run(call, out::fail, () -> {
            Prepared prepared = decode.apply(call);
            Work announced = context -> {
                out.latest(stages.queued(call.requestId()));
                return prepared.work().run(context);
            };
            ProgressListener progress = (done, total) -> {
                if (done < total) { // the result tells the end
                    out.latest(stages.progress(done, total));
                }
            };
            StoredOutcome outcome = once(call, type, prepared, announced, cancellation, progress);
            out.finish(stages.result(inline.attach(results.decode(MessageCodec.JSON, outcome.data()))));
        });
    }

    /** Answers a unary call. */
    public <A extends Message> void unary(
            String type, Function<CallInfo, Prepared> decode, MessageCodec<A> results, StreamObserver<A> observer) {
        CallInfo call = CallInfo.current();
        Cancellation cancellation = new Cancellation();
        StreamWriter<A> out = StreamWriter.open(observer, cancellation);
        calls.run(call, out::fail, () -> {
            Prepared prepared = decode.apply(call);
            StoredOutcome outcome = once(call, type, prepared, prepared.work(), cancellation, ProgressListener.NONE);
            out.finish(inline.attach(results.decode(MessageCodec.JSON, outcome.data())));
        });
    }

    /** Runs the work, and tells the prepared one how the request has ended; the run one may be that one's wrapper. */
    private StoredOutcome once(
            CallInfo call,
            String type,
            Prepared prepared,
            Work run,
            Cancellation cancellation,
            ProgressListener progress) {
        Deadline deadline = call.deadline().earlier(Deadline.after(jobLimit, clock));
        RunRequest request =
                RunRequest.of(kind, Entrance.GRPC, call.principal(), call.requestId(), type, prepared.body(), deadline);
        try {
            Ended ended = runs.execute(request, Recording.RESULTS, cancellation, progress, run);
            if (!ended.replayed()) {
                prepared.work().ended(ended.outcome().kind());
            }
            return ended.outcome();
        } catch (ProblemException e) {
            switch (e.problem().code()) {
                case REQUEST_CONFLICT -> {} // no new request
                case CANCELLED -> prepared.work().ended(StoredOutcome.Kind.CANCELLED);
                default -> prepared.work().ended(StoredOutcome.Kind.FAILED);
            }
            throw e;
        }
    }
}
