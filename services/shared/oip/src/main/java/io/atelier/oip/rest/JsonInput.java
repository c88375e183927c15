package io.atelier.oip.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Walks over JSON; what does not parse, or is not of the wanted kind, is a problem. */
final class JsonInput {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonInput() {}

    /** Reads with a parser. */
    @FunctionalInterface
    interface Reader<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** Reads a field of an object; the parser stands at its value. */
    @FunctionalInterface
    interface Field {
        void read(String name) throws IOException;
    }

    /** Parses bytes from an offset. */
    static <T> T parse(byte[] bytes, int from, int length, Reader<T> reader) {
        try (JsonParser parser = JSON.createParser(bytes, from, length)) {
            return reader.read(parser);
        } catch (IOException e) {
            throw Problem.field(ErrorCode.UNDECODABLE, "body", "JSON", "The body is not the JSON that this path takes.")
                    .exception(e);
        }
    }

    /** Reads an object; the parser stands at its beginning. */
    static void object(JsonParser parser, Field field) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw wrong(parser, "an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
    }

    static String text(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw wrong(parser, "a text");
        }
        return parser.getText();
    }

    static boolean truth(JsonParser parser) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw wrong(parser, "true or false");
        }
        return parser.getBooleanValue();
    }

    /** Parameters by name; values of other kinds than the protocol's are passed over. */
    static Map<String, Object> parameters(JsonParser parser) throws IOException {
        Map<String, Object> named = new HashMap<>();
        object(parser, name -> {
            switch (parser.currentToken()) {
                case VALUE_TRUE, VALUE_FALSE -> named.put(name, parser.getBooleanValue());
                case VALUE_NUMBER_INT -> named.put(name, parser.getLongValue());
                case VALUE_NUMBER_FLOAT -> named.put(name, parser.getDoubleValue());
                case VALUE_STRING -> named.put(name, parser.getText());
                default -> parser.skipChildren();
            }
        });
        return named;
    }

    static ProblemException wrong(JsonParser parser, String wanted) {
        String where = parser.getParsingContext().pathAsPointer().toString();
        return Problem.field(
                        ErrorCode.WRONG_TYPE,
                        where.isEmpty() ? "body" : where,
                        wanted,
                        "The body must have " + wanted + " at " + (where.isEmpty() ? "its root" : where) + ".")
                .exception();
    }
}
