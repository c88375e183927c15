package io.atelier.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.RequestHandler;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.Work;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A service's handler whose work each test writes: the request names a script, and the test says what that does. */
@Singleton
class ScriptedHandler implements RequestHandler {
    static final String TYPE = "io.atelier.image.generate.v1";
    private static final Set<String> FIELDS = Set.of("script", "text");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, Work> scripts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
    private final Map<String, List<StoredOutcome.Kind>> endings = new ConcurrentHashMap<>();

    void script(String name, Work work) {
        scripts.put(name, work);
    }

    /** How often a script has run. */
    int runs(String name) {
        return runs.computeIfAbsent(name, n -> new AtomicInteger()).get();
    }

    /** How the requests of a script have ended. */
    List<StoredOutcome.Kind> endings(String name) {
        return endings.getOrDefault(name, List.of());
    }

    @Override
    public String kind() {
        return "image";
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public Prepared decode(String type, String contentType, byte[] data) {
        JsonNode request = parse(data);
        Map<String, String> canonical = new TreeMap<>();
        request.properties().forEach(field -> {
            if (!FIELDS.contains(field.getKey())) {
                throw Problem.field(ErrorCode.UNKNOWN_FIELD, field.getKey(), "known fields", "No such field.")
                        .exception();
            }
            canonical.put(field.getKey(), field.getValue().asText());
        });
        String script = canonical.getOrDefault("script", "echo");
        return new Prepared(canonical.toString().getBytes(StandardCharsets.UTF_8), new Work() {
            @Override
            public WorkResult run(RunContext context) {
                return ScriptedHandler.this.run(script, canonical.getOrDefault("text", ""), context);
            }

            @Override
            public void ended(StoredOutcome.Kind outcome) {
                endings.computeIfAbsent(script, name -> new CopyOnWriteArrayList<>())
                        .add(outcome);
            }
        });
    }

    private WorkResult run(String script, String text, RunContext context) {
        runs.computeIfAbsent(script, name -> new AtomicInteger()).incrementAndGet();
        return scripts.getOrDefault(script, c -> echo(c, text)).run(context);
    }

    static WorkResult echo(RunContext context, String text) {
        String data = "{\"request_id\":\"" + context.requestId() + "\",\"text\":\"" + text + "\"}";
        return new WorkResult(data.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** A work in steps too small to see, without an end. */
    static WorkResult untilCancelled(RunContext context) {
        CountDownLatch struck = new CountDownLatch(1);
        try (Cancellation.Registration _ = context.cancellation().onCancel(struck::countDown)) {
            if (!struck.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody cancelled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.cancellation().check();
        throw new AssertionError("cancelled and yet not");
    }

    private JsonNode parse(byte[] data) {
        try {
            JsonNode node = json.readTree(data);
            if (node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw Problem.of(ErrorCode.UNDECODABLE, "The data is no JSON.").exception(e);
        }
        throw Problem.of(ErrorCode.UNDECODABLE, "The data is no JSON object.").exception();
    }
}
