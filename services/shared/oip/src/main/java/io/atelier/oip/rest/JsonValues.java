package io.atelier.oip.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.oip.Refusals;
import io.atelier.oip.Values;
import java.io.IOException;

/**
 * Values as numbers in JSON, flat or in nested arrays, which are read in their order.
 *
 * @param body the request's body
 * @param from where the array begins
 * @param end where the JSON ends
 */
record JsonValues(byte[] body, int from, int end) implements Values {

    /** Takes the number that the parser stands at, as the element of an index. */
    @FunctionalInterface
    private interface Element {
        void take(JsonParser parser, int index) throws IOException;
    }

    @Override
    public float[] floats(String input, int count) {
        float[] values = new float[room(input, count)];
        read(input, count, (parser, index) -> {
            values[index] = parser.currentToken().isNumeric() ? parser.getFloatValue() : Float.NaN;
            if (!Float.isFinite(values[index])) {
                throw Refusals.datatype(input, "FP32", parser.getText()).exception();
            }
        });
        return values;
    }

    @Override
    public long[] longs(String input, int count) {
        long[] values = new long[room(input, count)];
        read(input, count, (parser, index) -> {
            if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw Refusals.datatype(input, "INT64", parser.getText()).exception();
            }
            values[index] = parser.getLongValue();
        });
        return values;
    }

    /** A number takes a byte at least: no more are made room for than can be there. */
    private int room(String input, int count) {
        if (count > end - from) {
            throw Refusals.length(input, count + " values", "fewer").exception();
        }
        return count;
    }

    private void read(String input, int count, Element element) {
        int taken = JsonInput.parse(body, from, end - from, parser -> {
            int index = 0;
            int depth = 0;
            do {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_ARRAY) {
                    depth++;
                } else if (token == JsonToken.END_ARRAY) {
                    depth--;
                } else if (index < count) {
                    element.take(parser, index++);
                } else {
                    throw Refusals.length(input, count + " values", "more").exception();
                }
            } while (depth > 0);
            return index;
        });
        if (taken < count) {
            throw Refusals.length(input, count + " values", Integer.toString(taken))
                    .exception();
        }
    }
}
