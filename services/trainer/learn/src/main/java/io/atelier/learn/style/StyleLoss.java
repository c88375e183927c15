package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How a picture differs from a painting's manner and from a photograph's forms. Owns the painting's numbers until closed. */
public final class StyleLoss implements AutoCloseable {
    private static final double WHITENED_WAVES = 0;
    private static final double WHITENED_GRAIN = 0.25;
    private static final double OUTSIDE = 20;
    private static final long GRAIN_SEED = 1;
    private static final long PALETTE_SEED = 2;

    private final Engine engine;
    private final Weights weights;
    private final Kept kept = new Kept();
    private final Tensor painting;
    private final SecondMoments strokes;
    private final SecondMoments grain;
    private final Palette palette;
    private final Tones tones;

    /**
     * What counts how much beside the strokes.
     *
     * @param grain of the random network's covariances
     * @param palette of the colours
     * @param forms of the photograph's forms
     * @param smooth of differences between neighbours
     */
    public record Weights(double grain, double palette, double forms, double smooth) {}

    /**
     * The parts of a loss, each (): the painting's manner, the photograph's forms, and what is wrong with any picture.
     *
     * @param style 0 for the painting itself
     * @param content 0 for the photograph in the painting's tones
     * @param picture unevenness and pixels outside 0..1
     */
    public record Parts(Tensor style, Tensor content, Tensor picture) {}

    /**
     * The loss for a painting.
     *
     * @param painting (1, 3, h, w) in 0..1
     * @param side the shorter side of the smallest picture it will be asked about
     */
    public StyleLoss(Engine engine, Tensor painting, long side, Weights weights) {
        this.engine = engine;
        this.weights = weights;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            long least = Math.min(side, Math.min(painting.size(2), painting.size(3)));
            this.painting = kept.keep(painting);
            strokes = new SecondMoments(
                    engine,
                    new Wavelets(engine, painting, Wavelets.levels(least), kept),
                    painting,
                    WHITENED_WAVES,
                    kept);
            grain = new SecondMoments(
                    engine, new RandomNet(engine, painting, least, GRAIN_SEED, kept), painting, WHITENED_GRAIN, kept);
            palette = new Palette(engine, painting, PALETTE_SEED, kept);
            tones = new Tones(engine, painting, kept);
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    /** How far pictures (n, 3, h, w) are, taken together as if they were one, from the painting's manner. */
    public Tensor style(Tensor pictures) {
        return strokes.loss(pictures)
                .add(grain.loss(pictures).mul(new Scalar(weights.grain())))
                .add(palette.loss(pictures).mul(new Scalar(weights.palette())));
    }

    /**
     * All parts for pictures that are to show photographs of their size.
     *
     * @param pictures (n, 3, h, w)
     * @param ranks (n, 1, h, w), the photographs' by {@link Ranks}
     */
    public Parts of(Tensor pictures, Tensor ranks) {
        return new Parts(style(pictures), Forms.loss(engine, pictures, tones.of(ranks)), unevenness(pictures));
    }

    /** The parts' sum; a manner that is far off counts by its logarithm, or forms would count for nothing at first. */
    public Tensor sum(Parts parts) {
        return torch.log1p(parts.style())
                .add(parts.content().mul(new Scalar(weights.forms())))
                .add(parts.picture());
    }

    /** A photograph in the painting's colours, its mean and covariance alone. */
    public Tensor recoloured(Tensor photograph) {
        return Colours.moved(engine, photograph, painting);
    }

    private Tensor unevenness(Tensor picture) {
        long height = picture.size(2);
        long width = picture.size(3);
        Tensor down = Maths.meanSquare(picture.narrow(2, 1, height - 1), picture.narrow(2, 0, height - 1));
        Tensor right = Maths.meanSquare(picture.narrow(3, 1, width - 1), picture.narrow(3, 0, width - 1));
        Tensor outside = torch.relu(picture.neg())
                .add(torch.relu(picture.sub(new Scalar(1.0))))
                .square()
                .mean();
        return down.add(right).mul(new Scalar(weights.smooth())).add(outside.mul(new Scalar(OUTSIDE)));
    }

    @Override
    public void close() {
        kept.close();
    }
}
