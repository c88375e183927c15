package io.atelier.bench.image;

import io.atelier.bench.ClosedLoop;
import io.atelier.bench.Figure;
import io.atelier.bench.Sample;
import io.atelier.models.ModelPackage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/**
 * Measures what the image service adds to painting a photograph in parts.
 *
 * @param command the command that measures it again
 * @param runs runs; the median counts
 */
record StyleBench(String command, int runs, int threads, Consumer<String> console) {
    private static final int SIDE = 1536; // three by three parts
    private static final double MEGAPIXELS = SIDE * SIDE / 1e6;
    /** Pictures of a loop in a run, one after the other; a run takes the loops in turn. */
    private static final int PICTURES = 2;

    private record Round(Sample raw, Sample service) {}

    /** Measures against a service that has the model. */
    List<Figure> run(ModelPackage model, int port, Path folder) throws InterruptedException {
        byte[] photograph = photograph();
        List<Round> rounds = new ArrayList<>();
        try (RawStyleCalls raw = new RawStyleCalls(model, photograph, folder.resolve("raw-style-store"), threads);
                GrpcCalls service = GrpcCalls.painting(port, photograph)) {
            console.accept("Painting photographs of %.2f megapixels".formatted(MEGAPIXELS));
            for (int i = 0; i <= runs; i++) {
                Round round = round(raw, service, i % 2 == 0);
                if (i > 0) { // the first one warms up
                    rounds.add(round);
                }
            }
        }
        return List.of(
                figure(
                        "stylize_vs_raw_throughput",
                        "ratio",
                        ">= 0.95",
                        rounds,
                        round -> perSecond(round.service()) / perSecond(round.raw())),
                figure("stylize_raw_mpx_per_s", "Mpx/s", "", rounds, round -> perSecond(round.raw())),
                figure("stylize_mpx_per_s", "Mpx/s", "", rounds, round -> perSecond(round.service())));
    }

    private static Round round(RawStyleCalls raw, GrpcCalls service, boolean rawFirst) throws InterruptedException {
        List<Sample> raws = new ArrayList<>();
        List<Sample> services = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            if (rawFirst) {
                raws.add(ClosedLoop.run(1, 1, raw));
            }
            services.add(ClosedLoop.run(1, 1, service));
            if (!rawFirst) {
                raws.add(ClosedLoop.run(1, 1, raw));
            }
        }
        return new Round(Sample.together(raws), Sample.together(services));
    }

    private static double perSecond(Sample sample) {
        return sample.callsPerSecond() * MEGAPIXELS;
    }

    private Figure figure(String name, String unit, String budget, List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return new Figure(name, sorted[sorted.length / 2], unit, command, budget);
    }

    /** Discs of many colours and sizes, as JPEG. */
    private static byte[] photograph() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 600; i++) {
            pen.setColor(new Color(random.nextInt(1 << 24)));
            int side = random.nextInt(20, 300);
            pen.fillOval(random.nextInt(SIDE) - side / 2, random.nextInt(SIDE) - side / 2, side, side);
        }
        pen.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpg", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
