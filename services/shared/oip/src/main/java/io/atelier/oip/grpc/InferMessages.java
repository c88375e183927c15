package io.atelier.oip.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.oip.GivenInput;
import io.atelier.oip.GraphName;
import io.atelier.oip.InferRequest;
import io.atelier.oip.Inferred;
import io.atelier.oip.Output;
import io.atelier.oip.Parameters;
import io.atelier.oip.RawValues;
import io.atelier.proto.inference.InferParameter;
import io.atelier.proto.inference.ModelInferRequest;
import io.atelier.proto.inference.ModelInferRequest.InferInputTensor;
import io.atelier.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.atelier.proto.inference.ModelInferResponse;
import io.atelier.proto.inference.ModelInferResponse.InferOutputTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads requests to run rows, and writes what they gave. */
final class InferMessages {
    private InferMessages() {}

    static InferRequest read(ModelInferRequest message) {
        GraphName graph = GraphName.of(message.getModelName(), message.getModelVersion());
        boolean raw = isRaw(message);
        if (raw && message.getRawInputContentsCount() != message.getInputsCount()) {
            throw Problem.field(
                            ErrorCode.WRONG_LENGTH,
                            "raw_input_contents",
                            message.getInputsCount() + " entries",
                            "raw_input_contents has " + message.getRawInputContentsCount()
                                    + " entries; it needs one for each of the " + message.getInputsCount()
                                    + " inputs, in their order, or none.")
                    .exception();
        }
        List<GivenInput> inputs = new ArrayList<>();
        for (int i = 0; i < message.getInputsCount(); i++) {
            InferInputTensor input = message.getInputs(i);
            parameters(input.getParametersMap());
            if (raw && input.hasContents()) {
                throw Problem.field(
                                ErrorCode.CONFLICTING_FIELDS,
                                "contents",
                                "contents or raw_input_contents",
                                "Values come in contents or in raw_input_contents, not in both.")
                        .exception();
            }
            inputs.add(new GivenInput(
                    input.getName(),
                    input.getDatatype(),
                    input.getShapeList(),
                    raw
                            ? new RawValues(message.getRawInputContents(i).asReadOnlyByteBuffer())
                            : new TypedValues(input.getContents())));
        }
        List<String> outputs = new ArrayList<>();
        for (InferRequestedOutputTensor output : message.getOutputsList()) {
            parameters(output.getParametersMap());
            outputs.add(output.getName());
        }
        return new InferRequest(graph, message.getId(), parameters(message.getParametersMap()), inputs, outputs);
    }

    /** Outputs come as the inputs did, unless the request says how. */
    static ModelInferResponse write(ModelInferRequest asked, InferRequest request, Inferred inferred) {
        boolean raw = request.parameters().truth(Parameters.BINARY_OUTPUTS).orElse(isRaw(asked));
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(inferred.model())
                .setModelVersion(Long.toString(inferred.version()))
                .setId(inferred.id());
        for (Output output : inferred.outputs()) {
            InferOutputTensor.Builder tensor = message.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name())
                    .addAllShape(output.shape());
            if (raw) {
                message.addRawOutputContents(UnsafeByteOperations.unsafeWrap(RawValues.of(output)));
            } else {
                tensor.setContents(TypedValues.of(output));
            }
        }
        return message.build();
    }

    private static boolean isRaw(ModelInferRequest message) {
        return message.getRawInputContentsCount() > 0;
    }

    private static Parameters parameters(Map<String, InferParameter> message) {
        Map<String, Object> named = new HashMap<>();
        message.forEach((name, value) -> {
            switch (value.getParameterChoiceCase()) {
                case BOOL_PARAM -> named.put(name, value.getBoolParam());
                case INT64_PARAM -> named.put(name, value.getInt64Param());
                case STRING_PARAM -> named.put(name, value.getStringParam());
                case DOUBLE_PARAM -> named.put(name, value.getDoubleParam());
                case UINT64_PARAM -> named.put(name, value.getUint64Param());
                case PARAMETERCHOICE_NOT_SET -> {}
            }
        });
        return new Parameters(named);
    }
}
