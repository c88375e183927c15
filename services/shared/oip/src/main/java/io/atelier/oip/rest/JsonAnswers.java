package io.atelier.oip.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.oip.Datatype;
import io.atelier.oip.GraphStatistics;
import io.atelier.oip.GraphStatistics.Timed;
import io.atelier.oip.Graphs.Described;
import io.atelier.oip.IndexEntry;
import io.atelier.oip.OpenInference;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes every answer but that of a run. */
final class JsonAnswers {
    private JsonAnswers() {}

    static byte[] error(String message) {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        });
    }

    /** A state by its name. */
    static byte[] state(String name, boolean value) {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeBooleanField(name, value);
            json.writeEndObject();
        });
    }

    static byte[] ready(String model) {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", model);
            json.writeBooleanField("ready", true);
            json.writeEndObject();
        });
    }

    static byte[] server() {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", OpenInference.SERVER);
            json.writeStringField("version", OpenInference.version());
            texts(json, "extensions", OpenInference.EXTENSIONS);
            json.writeEndObject();
        });
    }

    static byte[] metadata(Described graph) {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", graph.name());
            texts(
                    json,
                    "versions",
                    graph.versions().stream().map(String::valueOf).toList());
            json.writeStringField("platform", OpenInference.PLATFORM);
            tensors(json, "inputs", graph.signature().inputs());
            tensors(json, "outputs", graph.signature().outputs());
            json.writeEndObject();
        });
    }

    private static void tensors(JsonGenerator json, String side, List<Tensor> tensors) throws IOException {
        json.writeArrayFieldStart(side);
        for (Tensor tensor : tensors) {
            json.writeStartObject();
            json.writeStringField("name", tensor.name());
            json.writeStringField("datatype", Datatype.of(tensor.element()).name());
            json.writeArrayFieldStart("shape");
            json.writeNumber(-1);
            for (long axis : tensor.rowShape()) {
                json.writeNumber(axis);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static byte[] index(List<IndexEntry> entries) {
        return JsonOutput.write(json -> {
            json.writeStartArray();
            for (IndexEntry entry : entries) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                json.writeStringField("version", entry.versionText());
                json.writeStringField("state", entry.state().name());
                json.writeStringField("reason", entry.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] statistics(List<GraphStatistics> graphs) {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("model_stats");
            for (GraphStatistics graph : graphs) {
                statistics(json, graph);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void statistics(JsonGenerator json, GraphStatistics graph) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", graph.name());
        json.writeStringField("version", Long.toString(graph.version()));
        json.writeNumberField("last_inference", graph.lastMillis());
        json.writeNumberField("inference_count", graph.rows());
        json.writeNumberField("execution_count", graph.runs().count());
        json.writeObjectFieldStart("inference_stats");
        timed(json, "success", graph.succeeded());
        timed(json, "fail", graph.failed());
        timed(json, "queue", graph.queued());
        runs(json, graph.runs());
        json.writeEndObject();
        json.writeArrayFieldStart("batch_stats");
        for (Map.Entry<Integer, Timed> batch : graph.batches().entrySet()) {
            json.writeStartObject();
            json.writeNumberField("batch_size", batch.getKey());
            runs(json, batch.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void runs(JsonGenerator json, Timed runs) throws IOException {
        timed(json, "compute_input", runs.untimed());
        timed(json, "compute_infer", runs);
        timed(json, "compute_output", runs.untimed());
    }

    private static void timed(JsonGenerator json, String name, Timed timed) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", timed.count());
        json.writeNumberField("ns", timed.nanos());
        json.writeEndObject();
    }
}
