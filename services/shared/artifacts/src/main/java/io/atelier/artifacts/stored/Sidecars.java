package io.atelier.artifacts.stored;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.Provenance;
import io.atelier.kernel.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON form of an artifact's sidecar. */
public final class Sidecars {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

    private Sidecars() {}

    public static byte[] write(ArtifactInfo info) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("media_type", info.mediaType());
            json.writeNumberField("size", info.size());
            if (info.provenance().isPresent()) {
                write(json, info.provenance().get());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Provenance made) throws IOException {
        json.writeStringField("model", made.model());
        json.writeStringField("model_digest", made.modelDigest().hex());
        json.writeNumberField("seed", made.seed());
        json.writeObjectFieldStart("parameters");
        for (Map.Entry<String, String> parameter : made.parameters().entrySet()) {
            json.writeStringField(parameter.getKey(), parameter.getValue());
        }
        json.writeEndObject();
        json.writeStringField("device_class", made.deviceClass());
        json.writeStringField("digital_source_type", Provenance.DIGITAL_SOURCE_TYPE);
    }

    /** Reads a sidecar; nothing when it is none, as after damage to a disk. */
    public static Optional<ArtifactInfo> read(Digest id, byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            if (json == null
                    || !json.path("media_type").isTextual()
                    || !json.path("size").canConvertToLong()) {
                return Optional.empty();
            }
            return Optional.of(new ArtifactInfo(
                    id, json.path("media_type").asText(), json.path("size").asLong(), provenance(json)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Provenance> provenance(JsonNode json) {
        if (!json.has("model")) {
            return Optional.empty();
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        json.path("parameters").forEachEntry((name, value) -> parameters.put(name, value.asText()));
        return Optional.of(new Provenance(
                json.path("model").asText(),
                new Digest(json.path("model_digest").asText()),
                json.path("seed").asLong(),
                parameters,
                json.path("device_class").asText()));
    }
}
