package io.atelier.image.api;

import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.endpoints.artifacts.References;
import io.atelier.image.domain.Classified;
import io.atelier.image.domain.ClassifyRequest;
import io.atelier.image.domain.GenerateRequest;
import io.atelier.image.domain.Generated;
import io.atelier.image.domain.Input;
import io.atelier.image.domain.Randomness;
import io.atelier.image.domain.Sampling;
import io.atelier.image.domain.StyleChoice;
import io.atelier.image.domain.StylizeRequest;
import io.atelier.image.domain.Stylized;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.proto.common.v1.ModelVersion;
import io.atelier.proto.image.v1.Classification;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.FixedSize;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.GeneratedImage;
import io.atelier.proto.image.v1.ImageFormat;
import io.atelier.proto.image.v1.PictureClasses;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResult;
import java.util.List;
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

    static StylizeRequest request(StylizeImageRequest message) {
        return new StylizeRequest(
                message.getModel(),
                switch (message.getInputCase()) {
                    case CONTENT -> new Input.Content(message.getContent().toByteArray());
                    case ARTIFACT_ID -> new Input.Stored(message.getArtifactId());
                    case INPUT_NOT_SET -> new Input.None();
                },
                new StyleChoice(message.getStyle(), message.getBlendMap()),
                message.hasStrength() ? OptionalDouble.of(message.getStrength()) : OptionalDouble.empty(),
                message.getKeepColours(),
                message.hasSeed() ? OptionalLong.of(message.getSeed()) : OptionalLong.empty(),
                message.hasSize() ? OptionalInt.of(message.getSize()) : OptionalInt.empty(),
                format(message.getFormat()),
                message.hasPreviewEvery() ? OptionalInt.of(message.getPreviewEvery()) : OptionalInt.empty(),
                fixedSize(message.getFixedSize()));
    }

    private static Optional<StylizeRequest.FixedSize> fixedSize(FixedSize way) {
        return switch (way) {
            case FIXED_SIZE_UNSPECIFIED -> Optional.empty();
            case FIXED_SIZE_TILE -> Optional.of(StylizeRequest.FixedSize.TILE);
            case FIXED_SIZE_RESIZE -> Optional.of(StylizeRequest.FixedSize.RESIZE);
            case UNRECOGNIZED ->
                throw Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                "fixed_size",
                                "FIXED_SIZE_TILE, FIXED_SIZE_RESIZE",
                                "A network of one size is used in parts or by resizing.")
                        .exception();
        };
    }

    static ClassifyRequest request(ClassifyImageRequest message) {
        return new ClassifyRequest(
                message.getModel(),
                inputs(message),
                message.getPicturesCount() > 0,
                message.hasTopK() ? OptionalInt.of(message.getTopK()) : OptionalInt.empty());
    }

    private static List<Input> inputs(ClassifyImageRequest message) {
        if (message.getPicturesCount() == 0) {
            return List.of(
                    switch (message.getInputCase()) {
                        case CONTENT -> new Input.Content(message.getContent().toByteArray());
                        case ARTIFACT_ID -> new Input.Stored(message.getArtifactId());
                        case INPUT_NOT_SET -> new Input.None();
                    });
        }
        if (message.getInputCase() != ClassifyImageRequest.InputCase.INPUT_NOT_SET) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            "pictures",
                            "content, artifact_id or pictures",
                            "Give one picture as content or artifact_id, or several as pictures, not both.")
                    .exception();
        }
        return message.getPicturesList().stream()
                .<Input>map(picture -> switch (picture.getInputCase()) {
                    case CONTENT -> new Input.Content(picture.getContent().toByteArray());
                    case ARTIFACT_ID -> new Input.Stored(picture.getArtifactId());
                    case INPUT_NOT_SET -> new Input.None();
                })
                .toList();
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

    StylizeImageResult result(String requestId, Stylized made) {
        return StylizeImageResult.newBuilder()
                .setRequestId(requestId)
                .setModel(version(made.model()))
                .setSeed(made.seed())
                .setArtifact(references.to(made.artifact()))
                .setWidth(made.width())
                .setHeight(made.height())
                .setDeviceClass(made.deviceClass())
                .build();
    }

    /** @param several whether the request brought its pictures as several, be it one */
    static ClassifyImageResponse result(String requestId, Classified judged, boolean several) {
        ClassifyImageResponse.Builder result = ClassifyImageResponse.newBuilder()
                .setRequestId(requestId)
                .setModel(version(judged.model()))
                .setDeviceClass(judged.deviceClass());
        List<List<Classification>> classes = judged.guesses().stream()
                .map(guesses ->
                        guesses.stream().map(ImageMessages::classification).toList())
                .toList();
        if (several) {
            classes.forEach(
                    each -> result.addPictures(PictureClasses.newBuilder().addAllClassifications(each)));
        } else {
            result.addAllClassifications(classes.getFirst());
        }
        return result.build();
    }

    private static Classification classification(Classified.Guess guess) {
        return Classification.newBuilder()
                .setLabel(guess.label())
                .setIndex(guess.index())
                .setProbability(guess.probability())
                .build();
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
