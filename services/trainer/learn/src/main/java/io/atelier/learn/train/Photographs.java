package io.atelier.learn.train;

import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.style.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Photographs on the device, of which square parts are drawn. Owns their memory until closed. */
final class Photographs implements AutoCloseable {
    private static final double SMALLEST = 0.45;

    private final List<Tensor> pictures =
            new ArrayList<>(); // (1, 4, height, width): red, green, blue and ranks, in 0..1
    private final int side;

    /** Photographs to draw parts of this side from; each has one. */
    Photographs(Engine engine, List<NamedPicture> source, int side) {
        this.side = side;
        try (PointerScope scope = new PointerScope()) {
            for (NamedPicture picture : source) {
                Tensor tensor =
                        Tensors.of(engine, StyleRows.unit(picture.pixels()), 1, 3, picture.height(), picture.width());
                Tensor ranked = torch.cat(new TensorVector(tensor, Ranks.of(engine, tensor)), 1);
                ranked.retainReference();
                pictures.add(ranked);
            }
        }
    }

    /**
     * A part of a photograph.
     *
     * @param picture (1, 3, side, side)
     * @param ranks (1, 1, side, side) among the whole photograph's
     */
    record Part(Tensor picture, Tensor ranks) {}

    /** Draws a part, and how far its photograph is scaled down; mirrored half of the time. */
    Part part(SplittableRandom random) {
        Tensor whole = pictures.get(random.nextInt(pictures.size()));
        double least = Math.max(SMALLEST, (double) side / Math.min(whole.size(2), whole.size(3)));
        double scale = least + random.nextDouble() * (1 - least);
        long height = Math.max(side, Math.round(whole.size(2) * scale));
        long width = Math.max(side, Math.round(whole.size(3) * scale));
        long top = random.nextLong(height - side + 1);
        long left = random.nextLong(width - side + 1);
        Tensor part = torch.adaptive_avg_pool2d(whole, height, width)
                .narrow(2, top, side)
                .narrow(3, left, side);
        Tensor seen = random.nextBoolean() ? part.flip(3) : part;
        return new Part(seen.narrow(1, 0, 3).contiguous(), seen.narrow(1, 3, 1).contiguous());
    }

    @Override
    public void close() {
        pictures.forEach(Tensor::releaseReference);
        pictures.clear();
    }
}
