package io.atelier.image.api;

import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.endpoints.artifacts.References;
import io.atelier.image.domain.Classified;
import io.atelier.image.domain.ClassifyRequest;
import io.atelier.image.domain.ClassifyRequest.Input;
import io.atelier.image.domain.GenerateRequest;
import io.atelier.image.domain.Generated;
import io.atelier.image.domain.Randomness;
import io.atelier.image.domain.Sampling;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.proto.common.v1.ModelVersion;
import io.atelier.proto.image.v1.Classification;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import io.atelier.proto.image.v1.ImageFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Translates between messages and the domain's words; decides nothing. */
final class ImageMessages {
    private final References references;

    ImageMessages(References references) {
        this.references = references;
    }

    static GenerateRequest request(GenerateImageRequest message) {
        return new GenerateRequest(
                message.getModel(),
                message.getLabel(),
                message.getLabelsList(),
                message.hasCount() ? OptionalInt.of(message.getCount()) : OptionalInt.empty(),
                randomness(message),
                message.hasSize() ? OptionalInt.of(message.getSize()) : OptionalInt.empty(),
                format(message.getFormat()),
                message.getContactSheet(),
                sampling(message));
    }

    private static Sampling sampling(GenerateImageRequest message) {
        return new Sampling(
                message.hasSteps() ? OptionalInt.of(message.getSteps()) : OptionalInt.empty(),
                message.hasGuidance() ? OptionalDouble.of(message.getGuidance()) : OptionalDouble.empty(),
                message.hasSampler() ? Optional.of(message.getSampler()) : Optional.empty(),
                message.hasPreviewEvery() ? OptionalInt.of(message.getPreviewEvery()) : OptionalInt.empty());
    }

    private static Randomness randomness(GenerateImageRequest message) {
        return new Randomness(
                message.hasSeed() ? OptionalLong.of(message.getSeed()) : OptionalLong.empty(),
                message.hasWalkToSeed() ? OptionalLong.of(message.getWalkToSeed()) : OptionalLong.empty(),
                message.hasTruncation() ? OptionalDouble.of(message.getTruncation()) : OptionalDouble.empty());
    }

    static ClassifyRequest request(ClassifyImageRequest message) {
        Input input = switch (message.getInputCase()) {
            case CONTENT -> new Input.Content(message.getContent().toByteArray());
            case ARTIFACT_ID -> new Input.Stored(message.getArtifactId());
            case INPUT_NOT_SET -> new Input.None();
        };
        return new ClassifyRequest(
                message.getModel(), input, message.hasTopK() ? OptionalInt.of(message.getTopK()) : OptionalInt.empty());
    }

    GenerateImageResult result(String requestId, Generated made) {
        GenerateImageResult.Builder result = GenerateImageResult.newBuilder()
                .setRequestId(requestId)
                .setModel(version(made.model()))
                .setSeed(made.seed())
                .setDeviceClass(made.deviceClass());
        for (Generated.GeneratedPicture picture : made.pictures()) {
            result.addImages(GeneratedImage.newBuilder()
                    .setLabel(picture.label())
                    .setArtifact(references.to(picture.artifact()))
                    .setWidth(picture.width())
                    .setHeight(picture.height()));
        }
        made.contactSheet().map(references::to).ifPresent(result::setContactSheet);
        return result.build();
    }

    static ClassifyImageResponse result(String requestId, Classified judged) {
        ClassifyImageResponse.Builder result = ClassifyImageResponse.newBuilder()
                .setRequestId(requestId)
                .setModel(version(judged.model()))
                .setDeviceClass(judged.deviceClass());
        for (Classified.Guess guess : judged.guesses()) {
            result.addClassifications(Classification.newBuilder()
                    .setLabel(guess.label())
                    .setIndex(guess.index())
                    .setProbability(guess.probability()));
        }
        return result.build();
    }

    private static PictureFormat format(ImageFormat format) {
        return switch (format) {
            case IMAGE_FORMAT_UNSPECIFIED, IMAGE_FORMAT_PNG -> PictureFormat.PNG;
            case IMAGE_FORMAT_JPEG -> PictureFormat.JPEG;
            case UNRECOGNIZED ->
                throw Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                "format",
                                "IMAGE_FORMAT_PNG, IMAGE_FORMAT_JPEG",
                                "Pictures are encoded as PNG or JPEG.")
                        .exception();
        };
    }

    private static ModelVersion version(ModelManifest manifest) {
        return ModelVersion.newBuilder()
                .setName(manifest.name().value())
                .setVersion(manifest.version())
                .setDigest(manifest.digest().hex())
                .build();
    }
}
