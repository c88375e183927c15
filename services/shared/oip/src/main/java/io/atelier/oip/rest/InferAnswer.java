package io.atelier.oip.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.inference.Rows;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.oip.Inferred;
import io.atelier.oip.Output;
import io.atelier.oip.Parameters;
import io.atelier.oip.RawValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * What rows gave, as it goes over HTTP.
 *
 * @param body JSON, and behind it the bytes of those outputs that were wanted so
 * @param jsonLength where the JSON ends
 */
record InferAnswer(byte[] body, int jsonLength) {

    /** Writes an answer; throws NOT_IN_JSON when an output in JSON has a value that is no finite number. */
    static InferAnswer of(Inferred inferred, Predicate<String> binary) {
        byte[] json = JsonOutput.write(out -> write(out, inferred, binary));
        List<Output> behind = inferred.outputs().stream()
                .filter(output -> binary.test(output.name()))
                .toList();
        if (behind.isEmpty()) {
            return new InferAnswer(json, json.length);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(
                json.length + (int) behind.stream().mapToLong(Output::bytes).sum());
        body.writeBytes(json);
        behind.forEach(output -> body.writeBytes(RawValues.of(output).array()));
        return new InferAnswer(body.toByteArray(), json.length);
    }

    boolean isBinary() {
        return jsonLength < body.length;
    }

    private static void write(JsonGenerator json, Inferred inferred, Predicate<String> binary) throws IOException {
        json.writeStartObject();
        json.writeStringField("model_name", inferred.model());
        json.writeStringField("model_version", Long.toString(inferred.version()));
        if (!inferred.id().isEmpty()) {
            json.writeStringField("id", inferred.id());
        }
        json.writeArrayFieldStart("outputs");
        for (Output output : inferred.outputs()) {
            json.writeStartObject();
            json.writeStringField("name", output.name());
            json.writeStringField("datatype", output.datatype().name());
            json.writeArrayFieldStart("shape");
            for (long axis : output.shape()) {
                json.writeNumber(axis);
            }
            json.writeEndArray();
            if (binary.test(output.name())) {
                json.writeObjectFieldStart("parameters");
                json.writeNumberField(Parameters.BINARY_SIZE, output.bytes());
                json.writeEndObject();
            } else {
                json.writeArrayFieldStart("data");
                data(json, output);
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void data(JsonGenerator json, Output output) throws IOException {
        switch (output.rows()) {
            case Rows.Floats floats -> {
                for (float value : floats.values()) {
                    if (!Float.isFinite(value)) {
                        throw Problem.field(
                                        ErrorCode.NOT_IN_JSON,
                                        "outputs." + output.name(),
                                        "finite numbers",
                                        "The output " + output.name()
                                                + " has a value that JSON has no number for; ask for it with "
                                                + Parameters.BINARY + ".")
                                .exception();
                    }
                    json.writeNumber(value);
                }
            }
            case Rows.Longs longs -> {
                for (long value : longs.values()) {
                    json.writeNumber(value);
                }
            }
        }
    }
}
