package io.atelier.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.atelier.kit.KafkaResource;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.PictureInput;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TinyService.class)
class RefusalsTest {
    private final Client client = new Client();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void unknownLabelNamesTheOnesThereAre() {
        Refusal refusal = generate(Client.of("tiny").setLabel("unicorn"));
        assertThat(refusal)
                .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                .returns("ATELIER-IMAGE-0001", Refusal::reason)
                .returns("label", Refusal::field)
                .returns("circle, square, star", Refusal::limit);
        assertThat(refusal.message()).contains("unicorn", "circle");
    }

    @Test
    void noPicturesAndABillionAreRefusedWithTheLimit() {
        for (int count : new int[] {0, -1, 65, 1_000_000_000}) {
            assertThat(generate(Client.of("tiny").setCount(count)))
                    .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                    .returns("ATELIER-REQUEST-0002", Refusal::reason)
                    .returns("count", Refusal::field)
                    .returns("1..64", Refusal::limit);
        }
    }

    @Test
    void unknownModelAndVersionAreNotFound() {
        for (String model : new String[] {"unicorn", "tiny@99"}) {
            assertThat(generate(Client.of(model)))
                    .returns(Status.Code.NOT_FOUND, Refusal::status)
                    .returns("ATELIER-MODEL-0001", Refusal::reason)
                    .returns("model", Refusal::field);
        }
    }

    @Test
    void modelsNameHasAForm() {
        assertThat(generate(Client.of("../etc")))
                .returns("ATELIER-MODEL-0007", Refusal::reason)
                .returns("model", Refusal::field);
        assertThat(generate(Client.of("tiny@zero"))).returns("ATELIER-MODEL-0007", Refusal::reason);
        assertThat(generate(Client.of("")))
                .returns("ATELIER-REQUEST-0001", Refusal::reason)
                .returns("model", Refusal::field);
    }

    @Test
    void modelOfAnotherTaskIsRefused() {
        assertThat(generate(Client.of("judge")))
                .returns(Status.Code.FAILED_PRECONDITION, Refusal::status)
                .returns("ATELIER-MODEL-0002", Refusal::reason)
                .returns("image.class-conditional or image.flow", Refusal::limit);
    }

    @Test
    void labelAndLabelsExcludeEachOtherAndLabelsAreBounded() {
        assertThat(generate(Client.of("tiny").setLabel("star").addLabels("star")))
                .returns("ATELIER-REQUEST-0006", Refusal::reason)
                .returns("labels", Refusal::field);
        assertThat(generate(Client.of("tiny").addAllLabels(Collections.nCopies(65, "star"))))
                .returns("ATELIER-REQUEST-0005", Refusal::reason)
                .returns("labels", Refusal::field)
                .returns("64", Refusal::limit);
    }

    @Test
    void sizeIsAMultipleOfTheModelsUpToTheLimit() {
        for (int size : new int[] {0, 9, -8, 1032, Integer.MAX_VALUE}) {
            assertThat(generate(Client.of("tiny").setSize(size)))
                    .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                    .returns("ATELIER-IMAGE-0003", Refusal::reason)
                    .returns("size", Refusal::field);
        }
    }

    @Test
    void unknownFormatIsRefused() {
        assertThat(generate(Client.of("tiny").setFormatValue(77))).returns("format", Refusal::field);
    }

    @Test
    void textSentAsPictureIsNoPicture() {
        Refusal refusal = classify(judged().setContent(ByteString.copyFromUtf8("Dear Sir or Madam,\n")));
        assertThat(refusal)
                .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                .returns("ATELIER-IMAGE-0002", Refusal::reason)
                .returns("content", Refusal::field);
        assertThat(refusal.limit()).isNotEmpty();
    }

    @Test
    void missingTooLargeAndUnknownInputsAreRefused() {
        assertThat(classify(judged())).returns("ATELIER-REQUEST-0001", Refusal::reason);
        assertThat(classify(judged().setContent(ByteString.copyFrom(new byte[(3 << 20) + 1]))))
                .returns("ATELIER-REQUEST-0005", Refusal::reason)
                .returns("content", Refusal::field);
        assertThat(classify(judged().setArtifactId("zz")))
                .returns("ATELIER-REQUEST-0007", Refusal::reason)
                .returns("artifact_id", Refusal::field);
        assertThat(classify(judged().setArtifactId("0".repeat(64))))
                .returns(Status.Code.NOT_FOUND, Refusal::status)
                .returns("artifact_id", Refusal::field);
    }

    @Test
    void oneOfSeveralPicturesIsRefusedByItsPlace() {
        PictureInput none = PictureInput.getDefaultInstance();
        PictureInput text = PictureInput.newBuilder()
                .setContent(ByteString.copyFromUtf8("Dear"))
                .build();
        assertThat(classify(judged().addPictures(text).addPictures(none)))
                .returns("pictures[0].content", Refusal::field);
        assertThat(classify(judged().addPictures(text))).returns("pictures[0].content", Refusal::field);
        assertThat(classify(judged().addPictures(none).addPictures(text)))
                .returns("ATELIER-REQUEST-0001", Refusal::reason)
                .returns("pictures[0].content", Refusal::field);
        assertThat(classify(judged().setContent(text.getContent()).addPictures(text)))
                .returns("pictures", Refusal::field);
        assertThat(classify(judged().addAllPictures(Collections.nCopies(65, text))))
                .returns("pictures", Refusal::field)
                .returns("64", Refusal::limit);
    }

    @Test
    void topKIsBoundedByTheLabels() {
        for (int top : new int[] {0, 4}) {
            assertThat(classify(
                            judged().setContent(ByteString.copyFromUtf8("x")).setTopK(top)))
                    .returns("ATELIER-REQUEST-0002", Refusal::reason)
                    .returns("top_k", Refusal::field)
                    .returns("1..3", Refusal::limit);
        }
    }

    @Test
    void requestIdHasAForm() {
        Refusal refusal = Refusal.of(() -> Client.all(client.images("no spaces, please")
                .generateImage(Client.of("tiny").build())));
        assertThat(refusal)
                .returns(Status.Code.INVALID_ARGUMENT, Refusal::status)
                .returns("atelier-request-id", Refusal::field);
    }

    private Refusal generate(GenerateImageRequest.Builder request) {
        return Refusal.of(() -> client.generate(request));
    }

    private Refusal classify(ClassifyImageRequest.Builder request) {
        return Refusal.of(() -> client.images().classifyImage(request.build()));
    }

    private static ClassifyImageRequest.Builder judged() {
        return ClassifyImageRequest.newBuilder().setModel("judge");
    }
}
