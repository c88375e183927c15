package io.atelier.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.atelier.kernel.Digest;
import java.nio.charset.StandardCharsets;

/**
 * model.json and current.json as text: keys in declared order, maps sorted, two spaces, line feeds, so that equal
 * values have equal bytes on every system. Reading refuses what it does not know, doubled keys and nulls for numbers.
 */
public final class ModelJson {
    /** The largest model.json that is read, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final JsonMapper MAPPER = mapper();

    private ModelJson() {}

    /** A value as indented JSON with a line feed at the end. */
    public static byte[] write(Object value) {
        try {
            return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(new String(json, StandardCharsets.UTF_8), type);
    }

    private static JsonMapper mapper() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        SimpleModule digests = new SimpleModule()
                .addSerializer(Digest.class, new ToStringSerializer(Digest.class))
                .addDeserializer(Digest.class, new DigestReader());
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(16)
                                .maxStringLength(MAX_BYTES)
                                .maxNumberLength(64)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .addModule(new Jdk8Module())
                .addModule(digests)
                .defaultPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                        .withArrayIndenter(lines)
                        .withObjectIndenter(lines))
                .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    /** The kernel knows no JSON library, so its digest is read here. */
    private static final class DigestReader extends FromStringDeserializer<Digest> {
        private static final long serialVersionUID = 1L;

        DigestReader() {
            super(Digest.class);
        }

        @Override
        protected Digest _deserialize(String hex, DeserializationContext context) {
            return new Digest(hex);
        }
    }
}
