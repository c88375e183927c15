package io.atelier.artifacts.stored;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The JSON form of an outcome. The artifacts come first, so that a sweep reads no further. */
public final class Outcomes {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

    private Outcomes() {}

    public static byte[] write(StoredOutcome outcome) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024 + outcome.data().length * 4 / 3);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("artifacts");
            for (Digest artifact : outcome.artifacts()) {
                json.writeString(artifact.hex());
            }
            json.writeEndArray();
            json.writeStringField("kind", outcome.kind().name());
            json.writeStringField("request_id", outcome.requestId());
            json.writeStringField("request_source", outcome.requestSource());
            if (outcome.body().isPresent()) {
                json.writeStringField("body", outcome.body().get().hex());
            }
            json.writeStringField("stored_at", outcome.storedAt().toString());
            json.writeObjectFieldStart("attributes");
            for (Map.Entry<String, String> attribute : new TreeMap<>(outcome.attributes()).entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeEndObject();
            json.writeBinaryField("data", outcome.data());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Reads an outcome; nothing when it is none, as after damage to the disk. */
    public static Optional<StoredOutcome> read(RequestKey key, byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            if (json == null || !json.has("data")) {
                return Optional.empty();
            }
            List<Digest> artifacts = new ArrayList<>();
            json.path("artifacts").forEach(id -> artifacts.add(new Digest(id.asText())));
            Map<String, String> attributes = new TreeMap<>();
            json.path("attributes").forEachEntry((name, value) -> attributes.put(name, value.asText()));
            return Optional.of(new StoredOutcome(
                    key,
                    StoredOutcome.Kind.valueOf(json.path("kind").asText()),
                    json.path("request_id").asText(),
                    json.path("request_source").asText(),
                    json.has("body") ? Optional.of(new Digest(json.path("body").asText())) : Optional.empty(),
                    attributes,
                    json.path("data").binaryValue(),
                    List.copyOf(artifacts),
                    Instant.parse(json.path("stored_at").asText())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Tells the artifacts that an outcome's JSON names; none when it is damaged, for then it counts as absent. */
    public static void artifacts(InputStream in, Consumer<String> named) throws IOException {
        try (JsonParser json = JSON.createParser(in)) {
            json.nextToken();
            json.nextToken(); // the field's name
            json.nextToken(); // the array
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                named.accept(json.getText());
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return;
        }
    }
}
