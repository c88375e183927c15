package io.atelier.endpoints.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.proto.common.v1.Artifact;
import io.atelier.proto.image.v1.Classification;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final MessageCodec<GenerateImageRequest> GENERATE =
            MessageCodec.of(GenerateImageRequest.getDefaultInstance());
    private static final MessageCodec<ClassifyImageRequest> CLASSIFY =
            MessageCodec.of(ClassifyImageRequest.getDefaultInstance());

    @Test
    void readsProtoAndJsonNamesAndLongsAsNumberOrString() {
        GenerateImageRequest expected = GenerateImageRequest.newBuilder()
                .setModel("m")
                .setSeed(7)
                .setContactSheet(true)
                .build();
        assertThat(json("{\"model\":\"m\",\"seed\":7,\"contact_sheet\":true}")).isEqualTo(expected);
        assertThat(json("{\"model\":\"m\",\"seed\":\"7\",\"contactSheet\":true}"))
                .isEqualTo(expected);
        assertThat(GENERATE.decode("application/protobuf", expected.toByteArray()))
                .isEqualTo(expected);
    }

    @Test
    void seedOfZeroIsASeed() {
        assertThat(json("{\"seed\":0}").hasSeed()).isTrue();
        assertThat(json("{\"seed\":null}").hasSeed()).isFalse();
        assertThat(json("{}").hasSeed()).isFalse();
    }

    @Test
    void unknownFieldIsNamed() {
        Problem problem = problem(() -> json("{\"model\":\"m\",\"sed\":1}"));
        assertThat(problem.code()).isEqualTo(ErrorCode.UNKNOWN_FIELD);
        assertThat(problem.field()).contains("sed");
        assertThat(problem.message()).contains("seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count      | {\"count\":\"two\"}",
                "count      | {\"count\":1.5}",
                "count      | {\"count\":2147483648}",
                "seed       | {\"seed\":{}}",
                "model      | {\"model\":[\"a\"]}",
                "model      | {\"model\":7}",
                "labels     | {\"labels\":\"a\"}",
                "labels     | {\"labels\":[\"a\",{}]}",
                "format     | {\"format\":\"GIF\"}",
                "contact_sheet | {\"contact_sheet\":\"maybe\"}"
            })
    void wrongTypeNamesTheField(String field, String body) {
        Problem problem = problem(() -> json(body));
        assertThat(problem.code()).isEqualTo(ErrorCode.WRONG_TYPE);
        assertThat(problem.field()).contains(field);
        assertThat(problem.limit()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "7",
                "{\"model\":\"m\"} trailing",
                "{'model':'m'}",
                "{\"model\":\"m\",\"model\":\"n\"}",
                "{\"model\":"
            })
    void whatIsNoJsonObjectIsUndecodable(String body) {
        assertThat(problem(() -> json(body)).code()).isEqualTo(ErrorCode.UNDECODABLE);
    }

    @Test
    void brokenUtf8IsUndecodable() {
        byte[] data = "{\"model\":\"??\"}".getBytes(StandardCharsets.UTF_8);
        data[10] = (byte) 0xc3;
        data[11] = (byte) 0x28;
        assertThat(problem(() -> GENERATE.decode("", data)).code()).isEqualTo(ErrorCode.UNDECODABLE);
    }

    @Test
    void bytesThatAreNoProtobufAndForeignContentTypesAreUndecodable() {
        byte[] text = "hello there, this is text".getBytes(StandardCharsets.UTF_8);
        assertThat(problem(() -> GENERATE.decode("application/protobuf", text)).code())
                .isEqualTo(ErrorCode.UNDECODABLE);
        assertThat(problem(() -> GENERATE.decode("text/plain", text)).code()).isEqualTo(ErrorCode.UNDECODABLE);
    }

    @Test
    void fieldsOfAOneofExcludeEachOther() {
        Problem problem = problem(() -> CLASSIFY.decode(
                "application/json; charset=utf-8",
                "{\"content\":\"AA==\",\"artifact_id\":\"b\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICTING_FIELDS);
        assertThat(problem.field()).isEqualTo(Optional.of("artifact_id"));
    }

    @Test
    void answersKeepProtoNamesLongsAsStringsAndZeroes() {
        GenerateImageResult result = GenerateImageResult.newBuilder().setSeed(0).build();
        String json = new String(MessageCodec.of(result).encode(MessageCodec.JSON, result), StandardCharsets.UTF_8);
        assertThat(json).contains("\"seed\":\"0\"").contains("\"request_id\":\"\"");
        Classification first = Classification.newBuilder().setLabel("a").build();
        assertThat(new String(MessageCodec.of(first).encode("", first), StandardCharsets.UTF_8))
                .contains("\"index\":0");
        Artifact reference = Artifact.newBuilder().setId("x").build();
        assertThat(new String(MessageCodec.of(reference).encode("", reference), StandardCharsets.UTF_8))
                .doesNotContain("content");
    }

    private static GenerateImageRequest json(String body) {
        return GENERATE.decode("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }
}
