package io.atelier.image.api;

import com.google.protobuf.Message;
import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.Work;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.endpoints.artifacts.References;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.endpoints.metrics.RequestMeters;
import io.atelier.image.domain.Caller;
import io.atelier.image.domain.Classified;
import io.atelier.image.domain.ClassifyImage;
import io.atelier.image.domain.ClassifyRequest;
import io.atelier.image.domain.GenerateImages;
import io.atelier.image.domain.GenerateRequest;
import io.atelier.image.domain.Generated;
import io.atelier.image.domain.StylizeImage;
import io.atelier.image.domain.StylizeRequest;
import io.atelier.image.domain.Stylized;
import io.atelier.kernel.Digest;
import io.atelier.models.ModelTask;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.GenerateImageResult;
import io.atelier.proto.image.v1.StylizeImageRequest;
import io.atelier.proto.image.v1.StylizeImageResult;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A request's message as work of its use case, the same for every entrance. Thread-safe. */
public final class ImageRequests {
    /** The service's kind. */
    public static final String KIND = "image";

    public static final String GENERATE = "io.atelier.image.generate.v1";
    public static final String STYLIZE = "io.atelier.image.stylize.v1";
    public static final String CLASSIFY = "io.atelier.image.classify.v1";

    /** What each request type's data is. */
    public static final Map<String, Message> MESSAGES = Map.of(
            GENERATE, GenerateImageRequest.getDefaultInstance(),
            STYLIZE, StylizeImageRequest.getDefaultInstance(),
            CLASSIFY, ClassifyImageRequest.getDefaultInstance());

    /** Reads and writes the outcomes of {@link #GENERATE}. */
    public static final MessageCodec<GenerateImageResult> GENERATED =
            MessageCodec.of(GenerateImageResult.getDefaultInstance());

    /** Reads and writes the outcomes of {@link #STYLIZE}. */
    public static final MessageCodec<StylizeImageResult> STYLIZED =
            MessageCodec.of(StylizeImageResult.getDefaultInstance());

    /** Reads and writes the outcomes of {@link #CLASSIFY}. */
    public static final MessageCodec<ClassifyImageResponse> CLASSIFIED =
            MessageCodec.of(ClassifyImageResponse.getDefaultInstance());

    private final GenerateImages generate;
    private final StylizeImage stylize;
    private final ClassifyImage classify;
    private final ImageMessages messages;
    private final RequestMeters meters;

    public ImageRequests(
            GenerateImages generate,
            StylizeImage stylize,
            ClassifyImage classify,
            References references,
            RequestMeters meters) {
        this.generate = generate;
        this.stylize = stylize;
        this.classify = classify;
        this.messages = new ImageMessages(references);
        this.meters = meters;
    }

    /** @param told takes the result once it is made */
    public Prepared generate(GenerateImageRequest message, Caller caller, Consumer<GenerateImageResult> told) {
        GenerateRequest request = ImageMessages.request(message);
        return prepared(
                message, meters.measured(ModelTask.IMAGE_CLASS_CONDITIONAL, caller.entrance(), (context, served) -> {
                    Generated made = generate.run(request, caller, context, served);
                    List<Digest> artifacts = Stream.concat(
                                    made.pictures().stream().map(Generated.GeneratedPicture::artifact),
                                    made.contactSheet().stream())
                            .map(info -> info.id())
                            .distinct()
                            .toList();
                    return result(GENERATED, messages.result(context.requestId(), made), artifacts, told);
                }));
    }

    /** @param told takes the result once it is made */
    public Prepared stylize(StylizeImageRequest message, Caller caller, Consumer<StylizeImageResult> told) {
        StylizeRequest request = ImageMessages.request(message);
        return prepared(message, meters.measured(ModelTask.IMAGE_STYLE, caller.entrance(), (context, served) -> {
            Stylized made = stylize.run(request, caller, context, served);
            List<Digest> artifacts = List.of(made.artifact().id());
            return result(STYLIZED, messages.result(context.requestId(), made), artifacts, told);
        }));
    }

    /** @param told takes the result once it is made */
    public Prepared classify(ClassifyImageRequest message, Caller caller, Consumer<ClassifyImageResponse> told) {
        ClassifyRequest request = ImageMessages.request(message);
        return prepared(message, meters.measured(ModelTask.IMAGE_CLASSIFY, caller.entrance(), (context, served) -> {
            Classified judged = classify.run(request, caller, context, served);
            return result(
                    CLASSIFIED, ImageMessages.result(context.requestId(), judged, request.several()), List.of(), told);
        }));
    }

    private static Prepared prepared(Message message, Work work) {
        return new Prepared(MessageCodec.deterministic(message), work);
    }

    private static <M extends Message> WorkResult result(
            MessageCodec<M> codec, M message, List<Digest> artifacts, Consumer<M> told) {
        told.accept(message);
        return new WorkResult(codec.encode(MessageCodec.JSON, message), artifacts);
    }
}
