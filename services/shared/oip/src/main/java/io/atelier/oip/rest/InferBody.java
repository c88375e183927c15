package io.atelier.oip.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.oip.GivenInput;
import io.atelier.oip.GraphName;
import io.atelier.oip.InferRequest;
import io.atelier.oip.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request to run rows as it came over HTTP.
 *
 * @param id the caller's name for it
 * @param parameters what is said about it beside
 * @param inputs the tensors
 * @param outputs the outputs that are wanted, with what is said about each
 */
record InferBody(String id, Parameters parameters, List<GivenInput> inputs, Map<String, Parameters> outputs) {

    /**
     * Reads a body.
     *
     * @param jsonLength where its JSON ends and its tensors' bytes begin
     */
    static InferBody read(byte[] body, int jsonLength) {
        return JsonInput.parse(body, 0, jsonLength, new Reader(body, jsonLength)::read);
    }

    InferRequest request(GraphName graph) {
        return new InferRequest(graph, id, parameters, inputs, List.copyOf(outputs.keySet()));
    }

    /** Whether an output comes as bytes behind the JSON. */
    boolean isBinary(String output) {
        return outputs.getOrDefault(output, Parameters.NONE)
                .truth(Parameters.BINARY)
                .or(() -> parameters.truth(Parameters.BINARY_OUTPUTS))
                .orElse(false);
    }

    private static final class Reader {
        private final byte[] body;
        private final int jsonLength;
        private int bytesTaken;

        Reader(byte[] body, int jsonLength) {
            this.body = body;
            this.jsonLength = jsonLength;
            this.bytesTaken = jsonLength;
        }

        InferBody read(JsonParser parser) throws IOException {
            List<GivenInput> inputs = new ArrayList<>();
            Map<String, Parameters> outputs = new LinkedHashMap<>();
            String[] id = {""};
            Parameters[] parameters = {Parameters.NONE};
            parser.nextToken();
            JsonInput.object(parser, name -> {
                switch (name) {
                    case "id" -> id[0] = JsonInput.text(parser);
                    case "parameters" -> parameters[0] = new Parameters(JsonInput.parameters(parser));
                    case "inputs" -> array(parser, () -> inputs.add(input(parser)));
                    case "outputs" -> array(parser, () -> output(parser, outputs));
                    default -> parser.skipChildren();
                }
            });
            if (parser.nextToken() != null) {
                throw JsonInput.wrong(parser, "nothing behind the object");
            }
            if (bytesTaken != body.length) {
                throw Problem.field(
                                ErrorCode.WRONG_LENGTH,
                                Parameters.BINARY_SIZE,
                                (body.length - jsonLength) + " bytes",
                                "Behind the JSON are " + (body.length - jsonLength) + " bytes, and the inputs name "
                                        + (bytesTaken - jsonLength) + " of them as theirs.")
                        .exception();
            }
            return new InferBody(id[0], parameters[0], inputs, outputs);
        }

        private static void array(JsonParser parser, JsonElement element) throws IOException {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                throw JsonInput.wrong(parser, "an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element.read();
            }
        }

        private GivenInput input(JsonParser parser) throws IOException {
            InputFields fields = new InputFields();
            JsonInput.object(parser, name -> {
                switch (name) {
                    case "name" -> fields.name = JsonInput.text(parser);
                    case "datatype" -> fields.datatype = JsonInput.text(parser);
                    case "shape" -> array(parser, () -> fields.axis(parser));
                    case "parameters" -> fields.parameters = new Parameters(JsonInput.parameters(parser));
                    case "data" -> fields.data(parser);
                    default -> parser.skipChildren();
                }
            });
            GivenInput input = fields.input(body, jsonLength, bytesTaken);
            bytesTaken += fields.binarySize();
            return input;
        }

        private static void output(JsonParser parser, Map<String, Parameters> outputs) throws IOException {
            String[] named = {""};
            Parameters[] said = {Parameters.NONE};
            JsonInput.object(parser, name -> {
                switch (name) {
                    case "name" -> named[0] = JsonInput.text(parser);
                    case "parameters" -> said[0] = new Parameters(JsonInput.parameters(parser));
                    default -> parser.skipChildren();
                }
            });
            if (outputs.put(named[0], said[0]) != null) {
                throw Problem.field(ErrorCode.CONFLICTING_FIELDS, "outputs", "once", "An output is asked for twice.")
                        .exception();
            }
        }
    }

    /** Reads an element of an array; the parser stands at its beginning. */
    @FunctionalInterface
    private interface JsonElement {
        void read() throws IOException;
    }
}
