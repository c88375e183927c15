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
import io.atelier.artifacts.runs.WorkPreview;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey.Entrance;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

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

        M preview(WorkPreview preview);

        M result(A result);
    }

    /**
     * Decodes a call's request.
     *
     * @param <A> the result's message
     */
    @FunctionalInterface
    public interface Decoding<A> {

        /** @param made takes the result as soon as it is made, which spares reading it back from its outcome */
        Prepared decode(CallInfo call, Consumer<A> made);
    }

    /**
     * Answers a server stream: queued when the result does not come at once, progress, then the result; the result alone
     * when it is stored already.
     */
    public <M extends Message, A extends Message> void stream(
            String type,
            Decoding<A> decoding,
            MessageCodec<A> results,
            Stages<M, A> stages,
            StreamObserver<M> observer) {
        CallInfo call = CallInfo.current();
        Cancellation cancellation = new Cancellation();
        StreamWriter<M> out = StreamWriter.open(observer, cancellation);
        calls.run(call, out::fail, () -> {
            AtomicReference<A> made = new AtomicReference<>();
            Prepared prepared = decoding.decode(call, made::set);
            Announcement queued = new Announcement(() -> out.latest(stages.queued(call.requestId())));
            Work announced = context -> {
                try (var _ = queued.soon()) {
                    return prepared.work().run(context);
                }
            };
            ProgressListener progress = new ProgressListener() {
                @Override
                public void report(int done, int total) {
                    if (done < total) { // the result tells the end
                        queued.spare();
                        out.latest(stages.progress(done, total));
                    }
                }

                @Override
                public void preview(WorkPreview preview) {
                    queued.spare();
                    out.offer(stages.preview(preview));
                }
            };
            Ended ended = once(call, type, prepared, announced, cancellation, progress);
            out.finish(stages.result(inline.attach(result(ended, made, results))));
        });
    }

    /** Answers a unary call. */
    public <A extends Message> void unary(
            String type, Decoding<A> decoding, MessageCodec<A> results, StreamObserver<A> observer) {
        CallInfo call = CallInfo.current();
        Cancellation cancellation = new Cancellation();
        StreamWriter<A> out = StreamWriter.open(observer, cancellation);
        calls.run(call, out::fail, () -> {
            AtomicReference<A> made = new AtomicReference<>();
            Prepared prepared = decoding.decode(call, made::set);
            Ended ended = once(call, type, prepared, prepared.work(), cancellation, ProgressListener.NONE);
            out.finish(inline.attach(result(ended, made, results)));
        });
    }

    /** The result that is stored; between two equal calls at once another's may be. */
    private static <A extends Message> A result(Ended ended, AtomicReference<A> made, MessageCodec<A> results) {
        A own = made.get();
        return own != null && ended.own()
                ? own
                : results.decode(MessageCodec.JSON, ended.outcome().data());
    }

    /** Runs the work, and tells the prepared one how the request has ended; the run one may be that one's wrapper. */
    private Ended once(
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
            return ended;
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
