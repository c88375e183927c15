package io.atelier.cli.image;

import com.google.protobuf.ByteString;
import io.atelier.cli.CommandException;
import io.atelier.cli.Output;
import io.atelier.cli.TargetOption;
import io.atelier.local.StopSignal;
import io.atelier.proto.image.v1.Classification;
import io.atelier.proto.image.v1.ClassifyImageRequest;
import io.atelier.proto.image.v1.ClassifyImageResponse;
import io.atelier.proto.image.v1.PictureClasses;
import io.atelier.proto.image.v1.PictureInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names what is on pictures. */
@Command(name = "classify", description = "Names the classes of PNG or JPEG pictures.")
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class ClassifyCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long MAX_BYTES = 3 << 20;

    @Parameters(arity = "1..64", paramLabel = "FILE", description = "The pictures, 1 to 64, at most 3 MiB in all.")
    private List<Path> files = List.of();

    @Option(names = "--model", required = true, paramLabel = "NAME[@VERSION]", description = "The classifier to use.")
    private String model;

    @Option(names = "--top", description = "How many classes to name (default: 5).")
    private @Nullable Integer top;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Mixin
    private final Output output = new Output();

    private record Document(String requestId, String model, long version, List<Judged> pictures) {}

    private record Judged(String path, List<Found> classifications) {}

    private record Found(String label, int index, float probability) {}

    @Override
    public Integer call() throws IOException {
        ClassifyImageRequest.Builder request = ClassifyImageRequest.newBuilder().setModel(model);
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
            if (bytes > MAX_BYTES) {
                throw CommandException.usage("The pictures up to " + file + " are larger than " + MAX_BYTES
                        + " bytes, the most a call carries.");
            }
            request.addPictures(PictureInput.newBuilder().setContent(ByteString.copyFrom(Files.readAllBytes(file))));
        }
        if (top != null) {
            request.setTopK(top);
        }
        try (StopSignal stop = new StopSignal();
                ImageClient client = new ImageClient(target.channel("image"), TIMEOUT)) {
            print(client.classify(request.build(), UUID.randomUUID().toString()));
            return stop.received() ? 1 : 0;
        }
    }

    private void print(ClassifyImageResponse answer) {
        if (output.isJson()) {
            output.document(new Document(
                    answer.getRequestId(),
                    answer.getModel().getName(),
                    answer.getModel().getVersion(),
                    IntStream.range(0, answer.getPicturesCount())
                            .mapToObj(i -> judged(files.get(i), answer.getPictures(i)))
                            .toList()));
            return;
        }
        for (int i = 0; i < answer.getPicturesCount(); i++) {
            if (files.size() > 1) {
                output.result(files.get(i).toString());
            }
            for (Classification one : answer.getPictures(i).getClassificationsList()) {
                output.result("%6.2f %%  %s".formatted(100 * one.getProbability(), one.getLabel()));
            }
        }
    }

    private static Judged judged(Path file, PictureClasses classes) {
        return new Judged(
                file.toString(),
                classes.getClassificationsList().stream()
                        .map(ClassifyCommand::found)
                        .toList());
    }

    private static Found found(Classification one) {
        return new Found(one.getLabel(), one.getIndex(), one.getProbability());
    }
}
