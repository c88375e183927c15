package io.atelier.oip.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.atelier.inference.Rows;
import io.atelier.oip.Workshop;
import io.atelier.proto.inference.InferParameter;
import io.atelier.proto.inference.InferTensorContents;
import io.atelier.proto.inference.ModelInferRequest;
import io.atelier.proto.inference.ModelInferRequest.InferInputTensor;
import io.atelier.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.atelier.proto.inference.ModelInferResponse;
import io.atelier.proto.inference.ModelInferResponse.InferOutputTensor;
import io.atelier.proto.inference.ModelMetadataRequest;
import io.atelier.proto.inference.ModelMetadataResponse;
import io.atelier.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.atelier.proto.inference.ModelReadyRequest;
import io.atelier.proto.inference.ModelStatistics;
import io.atelier.proto.inference.ModelStatisticsRequest;
import io.atelier.proto.inference.RepositoryIndexRequest;
import io.atelier.proto.inference.RepositoryIndexResponse.ModelIndex;
import io.atelier.proto.inference.ServerLiveRequest;
import io.atelier.proto.inference.ServerMetadataRequest;
import io.atelier.proto.inference.ServerReadyRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OpenInferenceGrpcTest {
    @TempDir
    static Path folder;

    private static Workshop workshop;
    private static GrpcDesk desk;

    @BeforeAll
    static void open() {
        workshop = new Workshop(folder);
        desk = new GrpcDesk(workshop);
    }

    @AfterAll
    static void close() {
        desk.close();
        workshop.close();
    }

    @Test
    void serverTellsThatItLivesIsReadyAndWhoItIs() {
        assertThat(desk.client()
                        .serverLive(ServerLiveRequest.getDefaultInstance())
                        .getLive())
                .isTrue();
        assertThat(desk.client()
                        .serverReady(ServerReadyRequest.getDefaultInstance())
                        .getReady())
                .isTrue();
        var metadata = desk.client().serverMetadata(ServerMetadataRequest.getDefaultInstance());
        assertThat(metadata.getName()).isEqualTo("atelier");
        assertThat(metadata.getExtensionsList()).contains("binary_tensor_data", "statistics");
    }

    @Test
    void metadataTellsTheGraphsTensors() {
        ModelMetadataResponse flow = desk.client()
                .modelMetadata(ModelMetadataRequest.newBuilder().setName("flow").build());
        assertThat(flow.getVersionsList()).containsExactly("1");
        assertThat(flow.getPlatform()).isEqualTo("onnxruntime_onnx");
        assertThat(flow.getInputsList())
                .containsExactly(
                        tensor("x", "FP32", -1, 1, 8, 8), tensor("time", "FP32", -1), tensor("label", "INT64", -1));
        assertThat(flow.getOutputsList()).containsExactly(tensor("velocity", "FP32", -1, 1, 8, 8));
    }

    @Test
    void rawValuesComeBackRawWithTheBitsOfAnOwnRun() {
        Map<String, Rows> rows = Workshop.latents(5, 3);
        ModelInferResponse answer = desk.client()
                .modelInfer(GrpcDesk.raw("tiny", rows).setId("a-request").build());
        assertThat(answer.getModelName()).isEqualTo("tiny");
        assertThat(answer.getId()).isEqualTo("a-request");
        InferOutputTensor image = answer.getOutputs(0);
        assertThat(image.getName()).isEqualTo("image");
        assertThat(image.getDatatype()).isEqualTo("FP32");
        assertThat(image.getShapeList()).containsExactly(3L, 1L, 8L, 8L);
        assertThat(image.hasContents()).isFalse();
        assertThat(GrpcDesk.floats(answer.getRawOutputContents(0))).isEqualTo(own("tiny", rows));
        assertThat(workshop.outcomes("oip-grpc", "tiny", "completed")).isPositive();
    }

    @Test
    void typedValuesComeBackTypedUnlessTheRequestSaysOtherwise() {
        Map<String, Rows> rows = Workshop.latents(6, 2);
        ModelInferRequest.Builder request = GrpcDesk.typed("tiny", rows);
        ModelInferResponse typed = desk.client().modelInfer(request.build());
        assertThat(typed.getRawOutputContentsCount()).isZero();
        assertThat(values(typed.getOutputs(0))).isEqualTo(own("tiny", rows));

        request.putParameters(
                "binary_data_output",
                InferParameter.newBuilder().setBoolParam(true).build());
        ModelInferResponse raw = desk.client().modelInfer(request.build());
        assertThat(raw.getOutputs(0).hasContents()).isFalse();
        assertThat(GrpcDesk.floats(raw.getRawOutputContents(0))).isEqualTo(own("tiny", rows));
    }

    @Test
    void onlyTheOutputsThatAreWantedComeInTheirOrder() {
        ModelInferResponse answer = desk.client()
                .modelInfer(picture(new float[64])
                        .addOutputs(wanted("probabilities"))
                        .addOutputs(wanted("logits"))
                        .build());
        assertThat(answer.getOutputsList())
                .extracting(InferOutputTensor::getName)
                .containsExactly("probabilities", "logits");
        assertThat(desk.client().modelInfer(picture(new float[64]).build()).getOutputsList())
                .extracting(InferOutputTensor::getName)
                .containsExactly("logits", "probabilities", "features");
    }

    @Test
    void rowsHaveTheSameBitsWhateverSharesTheirRun() {
        List<Map<String, Rows>> inputs = LongStream.range(0, 5)
                .mapToObj(i -> Workshop.latents(100 + i, 1 + (int) i % 3))
                .toList();
        List<float[]> alone = inputs.stream().map(rows -> own("tiny@1", rows)).toList();
        // tried again where the machine was too slow to let all of them wait at once
        await().atMost(Workshop.PATIENCE).until(() -> {
            together(inputs, alone);
            return largestBatch() > 3; // more rows than any of these requests has
        });
    }

    /** Lets an own call and others wait for one run, and compares what each gets. */
    private static void together(List<Map<String, Rows>> inputs, List<float[]> alone) {
        CompletableFuture<Map<String, Rows>> occupying = workshop.own("slow", "generator", Workshop.latents(0, 1));
        await().atMost(Workshop.PATIENCE).until(() -> workshop.server.runs() == 1 || occupying.isDone());
        CompletableFuture<Map<String, Rows>> ownCall = workshop.own("tiny@1", "generator", inputs.getFirst());
        List<CompletableFuture<float[]>> others = new ArrayList<>();
        for (Map<String, Rows> rows : inputs.subList(1, inputs.size())) {
            ModelInferRequest request =
                    GrpcDesk.raw("tiny", rows).setModelVersion("1").build();
            others.add(CompletableFuture.supplyAsync(
                    () -> GrpcDesk.floats(desk.client().modelInfer(request).getRawOutputContents(0))));
        }
        occupying.join();
        assertThat(Workshop.floats(ownCall.join(), "image")).isEqualTo(alone.getFirst());
        for (int i = 1; i < inputs.size(); i++) {
            assertThat(others.get(i - 1).join()).isEqualTo(alone.get(i));
        }
    }

    @Test
    void graphOfSeveralIsNamedWithItsRole() {
        Map<String, Rows> rows = Workshop.latents(7, 1);
        ModelInferResponse answer =
                desk.client().modelInfer(GrpcDesk.raw("both.generator", rows).build());
        assertThat(answer.getModelName()).isEqualTo("both.generator");
        assertThat(GrpcDesk.floats(answer.getRawOutputContents(0))).isEqualTo(own("tiny@1", rows));
        assertThat(GrpcDesk.floats(desk.client()
                        .modelInfer(GrpcDesk.raw("tiny.generator", rows)
                                .setModelVersion("1")
                                .build())
                        .getRawOutputContents(0)))
                .isEqualTo(own("tiny@1", rows));
        refused(GrpcDesk.raw("both", rows), Status.Code.INVALID_ARGUMENT, "ATELIER-MODEL-0010")
                .contains("both.generator, both.classifier");
        refused(GrpcDesk.raw("both.encoder", rows), Status.Code.NOT_FOUND, "ATELIER-MODEL-0001");
    }

    @Test
    void versionIsTheOneThatIsNamedOrTheOneThatServes() {
        workshop.publishTinyAgain();
        Map<String, Rows> rows = Workshop.latents(8, 1);
        ModelInferResponse now =
                desk.client().modelInfer(GrpcDesk.raw("tiny", rows).build());
        assertThat(now.getModelVersion()).isEqualTo("2");
        ModelInferResponse before = desk.client()
                .modelInfer(GrpcDesk.raw("tiny", rows).setModelVersion("1").build());
        assertThat(before.getModelVersion()).isEqualTo("1");
        assertThat(before.getRawOutputContents(0)).isNotEqualTo(now.getRawOutputContents(0));
        assertThat(GrpcDesk.floats(before.getRawOutputContents(0))).isEqualTo(own("tiny@1", rows));
        assertThat(isReady("tiny", "1")).isTrue();
        assertThat(isReady("tiny", "3")).isFalse();
    }

    @Test
    void whatIsUnknownOrUnclearIsNotReadyOrRefused() {
        assertThat(isReady("judge", "")).isTrue();
        assertThat(isReady("both.classifier", "")).isTrue();
        assertThat(isReady("nobody", "")).isFalse();
        assertThat(code(() -> isReady("", ""))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> isReady("tiny", "latest"))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> desk.client()
                        .modelMetadata(ModelMetadataRequest.newBuilder()
                                .setName("nobody")
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void tensorsThatDoNotFitAreRefusedByWhatIsWrongWithThem() {
        Map<String, Rows> rows = Workshop.latents(1, 1);
        InferInputTensor.Builder latent = GrpcDesk.latent(rows)
                .setContents(InferTensorContents.newBuilder().addAllFp32Contents(List.of(1f, 2f, 3f, 4f)));
        InferInputTensor.Builder label = GrpcDesk.label(rows)
                .setContents(InferTensorContents.newBuilder().addInt64Contents(1));
        Status.Code bad = Status.Code.INVALID_ARGUMENT;
        refused(tiny(latent), bad, "ATELIER-REQUEST-0001").contains("label");
        refused(tiny(latent, label, label), bad, "ATELIER-REQUEST-0006").contains("twice");
        refused(tiny(latent, label, label.clone().setName("noise")), bad, "ATELIER-TENSOR-0001")
                .contains("noise", "latent, label");
        for (String datatype : List.of("BYTES", "INT32", "FP64", "")) {
            refused(tiny(latent, label.clone().setDatatype(datatype)), bad, "ATELIER-TENSOR-0002")
                    .contains("INT64");
        }
        refused(tiny(latent.clone().clearShape().addShape(4), label), bad, "ATELIER-TENSOR-0003")
                .contains("[rows, 4]");
        refused(tiny(latent.clone().setShape(1, 5), label), bad, "ATELIER-TENSOR-0003");
        refused(tiny(latent.clone().setShape(0, Long.MAX_VALUE), label), bad, "ATELIER-TENSOR-0003");
        refused(tiny(latent.clone().setShape(0, -1), label), bad, "ATELIER-REQUEST-0002");
        refused(tiny(latent.clone().setShape(0, 0), label), bad, "ATELIER-REQUEST-0002");
        refused(tiny(latent.clone().setShape(0, 17), label), bad, "ATELIER-REQUEST-0002")
                .contains("1 to 16");
        refused(tiny(latent.clone().setShape(0, 2), label), bad, "ATELIER-TENSOR-0003")
                .contains("rows");
        refused(
                        tiny(
                                latent.clone()
                                        .setContents(
                                                InferTensorContents.newBuilder().addFp32Contents(1)),
                                label),
                        bad,
                        "ATELIER-TENSOR-0004")
                .contains("4 values in this shape, not 1");
        refused(
                tiny(
                        latent.clone()
                                .setContents(InferTensorContents.newBuilder()
                                        .addBytesContents(ByteString.copyFromUtf8("four"))),
                        label),
                bad,
                "ATELIER-TENSOR-0002");
        refused(
                tiny(
                        latent,
                        label.clone()
                                .setContents(InferTensorContents.newBuilder().addInt64Contents(99))),
                bad,
                "ATELIER-TENSOR-0005");
        refused(tiny(latent, label).addOutputs(wanted("sound")), bad, "ATELIER-TENSOR-0001")
                .contains("sound", "image");
        refused(
                tiny(latent, label).addOutputs(wanted("image")).addOutputs(wanted("image")),
                bad,
                "ATELIER-REQUEST-0006");
    }

    @Test
    void rawValuesMustBeAsManyBytesAsTheirShapeTakes() {
        Map<String, Rows> rows = Workshop.latents(1, 1);
        ModelInferRequest.Builder request = GrpcDesk.raw("tiny", rows);
        Status.Code bad = Status.Code.INVALID_ARGUMENT;
        refused(request.clone().setRawInputContents(0, ByteString.copyFrom(new byte[15])), bad, "ATELIER-TENSOR-0004")
                .contains("16 bytes", "15 bytes");
        refused(request.clone().addRawInputContents(ByteString.EMPTY), bad, "ATELIER-TENSOR-0004");
        ModelInferRequest.Builder both = request.clone();
        both.getInputsBuilder(0).setContents(InferTensorContents.newBuilder().addFp32Contents(1));
        refused(both, bad, "ATELIER-REQUEST-0006");
    }

    @Test
    void whatIsNotDoneHereIsRefusedAndNotPassedOver() {
        ModelInferRequest.Builder request = GrpcDesk.raw("tiny", Workshop.latents(1, 1));
        InferParameter one = InferParameter.newBuilder().setInt64Param(1).build();
        InferParameter text = InferParameter.newBuilder().setStringParam("x").build();
        Status.Code bad = Status.Code.INVALID_ARGUMENT;
        refused(request.clone().putParameters("sequence_id", one), bad, "ATELIER-TENSOR-0006");
        refused(
                request.clone().addOutputs(wanted("image").putParameters("classification", one)),
                bad,
                "ATELIER-TENSOR-0006");
        ModelInferRequest.Builder shared = request.clone();
        shared.getInputsBuilder(0).putParameters("shared_memory_region", text);
        refused(shared, bad, "ATELIER-TENSOR-0006");
        refused(request.clone().putParameters("priority", text), bad, "ATELIER-REQUEST-0004");
        refused(request.clone().putParameters("binary_data_output", one), bad, "ATELIER-REQUEST-0004");
        assertThat(desk.client()
                        .modelInfer(request.clone()
                                .putParameters("priority", one)
                                .putParameters("our-own", text)
                                .build())
                        .getOutputsCount())
                .isEqualTo(1);
    }

    @Test
    void rowsWhoseOutputsWouldBeTooLargeAreRefusedBeforeTheyRun() {
        Map<String, Rows> rows = Workshop.latents(1, 3); // a picture of wide has 12 KiB
        refused(GrpcDesk.raw("wide", rows), Status.Code.INVALID_ARGUMENT, "ATELIER-REQUEST-0005")
                .contains("36864", "atelier.oip.max-answer");
        assertThat(desk.client()
                        .modelInfer(GrpcDesk.raw("wide", Workshop.latents(1, 2)).build())
                        .getRawOutputContents(0)
                        .size())
                .isEqualTo(24576);
    }

    @Test
    void timeThatRunsOutEndsTheRequest() {
        ModelInferRequest.Builder slow = GrpcDesk.raw("slow", Workshop.latents(1, 16));
        refused(
                slow.clone()
                        .putParameters(
                                "timeout",
                                InferParameter.newBuilder()
                                        .setInt64Param(50_000)
                                        .build()),
                Status.Code.DEADLINE_EXCEEDED,
                "ATELIER-REQUEST-0009");
        assertThat(code(() -> desk.client()
                        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                        .modelInfer(slow.build())))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(Workshop.PATIENCE).until(() -> workshop.server.waitingRows() == 0);
        await().atMost(Workshop.PATIENCE).until(() -> workshop.inference.inFlight() == 0);
    }

    @Test
    void indexListsEveryGraph() {
        List<ModelIndex> all = desk.client()
                .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                .getModelsList();
        assertThat(all)
                .extracting(ModelIndex::getName)
                .containsExactly("both.generator", "both.classifier", "flow", "judge", "slow", "tiny", "wide");
        assertThat(all).extracting(ModelIndex::getState).containsOnly("READY");
        assertThat(desk.client()
                        .repositoryIndex(RepositoryIndexRequest.newBuilder()
                                .setRepositoryName("elsewhere")
                                .build())
                        .getModelsList())
                .isEmpty();
    }

    @Test
    void statisticsCountWhatEveryEntranceRan() {
        ModelStatistics before = statistics("flow");
        Map<String, Rows> rows = Map.of(
                "x", new Rows.Floats(2, new long[] {1, 8, 8}, new float[128]),
                "time", new Rows.Floats(2, new long[0], new float[2]),
                "label", new Rows.Longs(2, new long[0], new long[2]));
        workshop.own("flow", "velocity", rows).join();
        ModelStatistics after = statistics("flow");
        assertThat(after.getInferenceCount() - before.getInferenceCount()).isEqualTo(2);
        assertThat(after.getExecutionCount() - before.getExecutionCount()).isEqualTo(1);
        assertThat(after.getInferenceStats().getSuccess().getCount())
                .isEqualTo(before.getInferenceStats().getSuccess().getCount() + 1);
        assertThat(after.getInferenceStats().getComputeInfer().getNs()).isPositive();
        assertThat(after.getBatchStatsList())
                .anySatisfy(batch -> assertThat(batch.getBatchSize()).isEqualTo(2));
        assertThat(desk.client()
                        .modelStatistics(ModelStatisticsRequest.getDefaultInstance())
                        .getModelStatsList())
                .extracting(ModelStatistics::getName)
                .contains("both.generator", "both.classifier", "judge");
        assertThat(code(() -> statistics("nobody"))).isEqualTo(Status.Code.NOT_FOUND);
    }

    private static ModelStatistics statistics(String model) {
        return desk.client()
                .modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName(model).build())
                .getModelStats(0);
    }

    private static long largestBatch() {
        return desk
                .client()
                .modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName("tiny").build())
                .getModelStatsList()
                .stream()
                .flatMap(graph -> graph.getBatchStatsList().stream())
                .mapToLong(batch -> batch.getBatchSize())
                .max()
                .orElse(0);
    }

    private static boolean isReady(String model, String version) {
        return desk.client()
                .modelReady(ModelReadyRequest.newBuilder()
                        .setName(model)
                        .setVersion(version)
                        .build())
                .getReady();
    }

    private static float[] own(String model, Map<String, Rows> rows) {
        return Workshop.floats(workshop.own(model, "generator", rows).join(), "image");
    }

    private static float[] values(InferOutputTensor output) {
        float[] values = new float[output.getContents().getFp32ContentsCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = output.getContents().getFp32Contents(i);
        }
        return values;
    }

    private static ModelInferRequest.Builder tiny(InferInputTensor.Builder... inputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        for (InferInputTensor.Builder input : inputs) {
            request.addInputs(input);
        }
        return request;
    }

    private static ModelInferRequest.Builder picture(float[] pixels) {
        return ModelInferRequest.newBuilder()
                .setModelName("judge")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("image")
                        .setDatatype("FP32")
                        .addAllShape(List.of(1L, 1L, 8L, 8L)))
                .addRawInputContents(GrpcDesk.bytes(pixels));
    }

    private static InferRequestedOutputTensor.Builder wanted(String output) {
        return InferRequestedOutputTensor.newBuilder().setName(output);
    }

    private static TensorMetadata tensor(String name, String datatype, long... shape) {
        return TensorMetadata.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addAllShape(LongStream.of(shape).boxed().toList())
                .build();
    }

    private static org.assertj.core.api.AbstractStringAssert<?> refused(
            ModelInferRequest.Builder request, Status.Code status, String code) {
        StatusRuntimeException failure = Objects.requireNonNull(catchThrowableOfType(
                StatusRuntimeException.class, () -> desk.client().modelInfer(request.build())));
        String message = String.valueOf(failure.getStatus().getDescription());
        assertThat(failure.getStatus().getCode()).as(message).isEqualTo(status);
        return assertThat(message).startsWith(code);
    }

    private static Status.Code code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call))
                .getStatus()
                .getCode();
    }
}
