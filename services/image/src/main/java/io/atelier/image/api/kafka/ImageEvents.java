package io.atelier.image.api.kafka;

import io.atelier.artifacts.runs.Prepared;
import io.atelier.artifacts.runs.RequestHandler;
import io.atelier.endpoints.codec.MessageCodec;
import io.atelier.image.api.ImageRequests;
import io.atelier.image.domain.Caller;
import io.atelier.image.domain.Limits;
import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.GenerateImageRequest;
import io.atelier.proto.image.v1.StylizeImageRequest;
import jakarta.inject.Singleton;
import java.util.Set;

/** Hands request events to the image service's use cases. */
@Singleton
final class ImageEvents implements RequestHandler {
    private static final Caller CALLER =
            new Caller(Entrance.KAFKA, "kafka", Priority.BULK, Limits.MAX_EVENT_INPUT_BYTES);

    private static final MessageCodec<GenerateImageRequest> GENERATE =
            MessageCodec.of(GenerateImageRequest.getDefaultInstance());
    private static final MessageCodec<StylizeImageRequest> STYLIZE =
            MessageCodec.of(StylizeImageRequest.getDefaultInstance());
    private static final MessageCodec<ClassifyImageRequest> CLASSIFY =
            MessageCodec.of(ClassifyImageRequest.getDefaultInstance());

    private final ImageRequests requests;

    ImageEvents(ImageRequests requests) {
        this.requests = requests;
    }

    @Override
    public String kind() {
        return ImageRequests.KIND;
    }

    @Override
    public Set<String> types() {
        return ImageRequests.MESSAGES.keySet();
    }

    @Override
    public Prepared decode(String type, String contentType, byte[] data) {
        return switch (type) {
            case ImageRequests.GENERATE -> requests.generate(GENERATE.decode(contentType, data), CALLER, made -> {});
            case ImageRequests.STYLIZE -> requests.stylize(STYLIZE.decode(contentType, data), CALLER, made -> {});
            case ImageRequests.CLASSIFY -> requests.classify(CLASSIFY.decode(contentType, data), CALLER, made -> {});
            default ->
                throw Problem.of(ErrorCode.UNKNOWN_TYPE, "The image service does not handle events of this type.")
                        .exception();
        };
    }
}
