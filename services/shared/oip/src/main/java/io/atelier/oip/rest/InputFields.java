package io.atelier.oip.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.oip.GivenInput;
import io.atelier.oip.Parameters;
import io.atelier.oip.RawValues;
import io.atelier.oip.Refusals;
import io.atelier.oip.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The fields of an input as they come, in any order; its numbers are only found, not read. */
final class InputFields {
    private static final int NOWHERE = -1;
    private static final int MOST_AXES = 64;

    String name = "";
    String datatype = "";
    Parameters parameters = Parameters.NONE;
    private final List<Long> shape = new ArrayList<>();
    private int dataFrom = NOWHERE;

    void axis(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            throw JsonInput.wrong(parser, "a whole number");
        }
        if (shape.size() < MOST_AXES) {
            shape.add(parser.getLongValue());
        }
    }

    void data(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw JsonInput.wrong(parser, "an array");
        }
        long from = parser.currentTokenLocation().getByteOffset();
        if (from < 0) {
            throw Problem.field(ErrorCode.UNDECODABLE, "body", "UTF-8", "The body must be JSON in UTF-8.")
                    .exception();
        }
        dataFrom = Math.toIntExact(from);
        parser.skipChildren();
    }

    /** How many bytes behind the JSON are its own. */
    int binarySize() {
        return (int) Math.min(
                Integer.MAX_VALUE / 2, parameters.count(Parameters.BINARY_SIZE).orElse(0L));
    }

    /** The input, whose bytes, if it has any, begin at {@code bytesFrom}. */
    GivenInput input(byte[] body, int jsonLength, int bytesFrom) {
        return new GivenInput(name, datatype, shape, values(body, jsonLength, bytesFrom));
    }

    private Values values(byte[] body, int jsonLength, int bytesFrom) {
        boolean binary = parameters.count(Parameters.BINARY_SIZE).isPresent();
        if (binary && dataFrom != NOWHERE) {
            throw refused(
                    ErrorCode.CONFLICTING_FIELDS,
                    "data or " + Parameters.BINARY_SIZE,
                    "An input's values come as data or as bytes, not as both.");
        }
        if (dataFrom != NOWHERE) {
            return new JsonValues(body, dataFrom, jsonLength);
        }
        if (!binary) {
            throw refused(
                    ErrorCode.MISSING_FIELD,
                    "data",
                    "An input needs data, or " + Parameters.BINARY_SIZE + " and bytes behind the JSON.");
        }
        if (binarySize() > body.length - bytesFrom) {
            throw refused(
                    ErrorCode.WRONG_LENGTH,
                    (body.length - bytesFrom) + " bytes",
                    "An input names more bytes as its own than are left behind the JSON; " + Binary.HEADER
                            + " says where they begin.");
        }
        return new RawValues(ByteBuffer.wrap(body, bytesFrom, binarySize()));
    }

    private ProblemException refused(ErrorCode code, String limit, String message) {
        return Problem.field(code, "inputs." + Refusals.shown(name), limit, message)
                .exception();
    }
}
