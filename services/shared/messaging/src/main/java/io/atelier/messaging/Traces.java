package io.atelier.messaging;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Continues a request's trace through its work to its events. Without a tracing SDK the request's own context is handed
 * on.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/distributed-tracing.md">CloudEvents
 *     distributed tracing</a>
 */
final class Traces {
    private static final TextMapGetter<CloudEvent> ATTRIBUTES = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(CloudEvent event) {
            return event.extensions().keySet();
        }

        @Override
        public @Nullable String get(@Nullable CloudEvent event, String key) {
            return event == null ? null : event.extensions().get(key);
        }
    };

    private final Tracer tracer;

    Traces(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.atelier.messaging");
    }

    /** Starts the span of a request's processing; the caller ends it. */
    Span process(CloudEvent event, String topic) {
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), event, ATTRIBUTES);
        return tracer.spanBuilder("process " + topic)
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", topic)
                .setAttribute("cloudevents.event_id", event.id())
                .setAttribute("cloudevents.event_source", event.source())
                .setAttribute("cloudevents.event_type", event.type())
                .startSpan();
    }

    /** What an event sent from within the current span carries. */
    static Map<String, String> carried() {
        Map<String, String> carrier = new TreeMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(Context.current(), carrier, (none, name, value) -> carrier.put(name, value));
        return carrier;
    }
}
