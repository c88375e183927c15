package io.atelier.learn.train;

import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Photographs on the device, of which square parts are drawn. Owns their memory until closed. */
final class Photographs implements AutoCloseable {
    private static final double SMALLEST = 0.7;

    private final List<Tensor> pictures = new ArrayList<>(); // (1, 3, height, width) in 0..1
    private final int side;

    /** Photographs to draw parts of this side from; each has one. */
    Photographs(Engine engine, List<NamedPicture> source, int side) {
        this.side = side;
        try (PointerScope scope = new PointerScope()) {
            for (NamedPicture picture : source) {
                Tensor tensor =
                        Tensors.of(engine, StyleRows.unit(picture.pixels()), 1, 3, picture.height(), picture.width());
                tensor.retainReference();
                pictures.add(tensor);
            }
        }
    }

    /** A part of a photograph, scaled down by up to a third and mirrored half of the time: (1, 3, side, side). */
    Tensor part(SplittableRandom random) {
        Tensor whole = pictures.get(random.nextInt(pictures.size()));
        double least = Math.max(SMALLEST, (double) side / Math.min(whole.size(2), whole.size(3)));
        double scale = least + random.nextDouble() * (1 - least);
        long height = Math.max(side, Math.round(whole.size(2) * scale));
        long width = Math.max(side, Math.round(whole.size(3) * scale));
        long top = random.nextLong(height - side + 1);
        long left = random.nextLong(width - side + 1);
        Tensor part = torch.upsample_bilinear2d(whole, new long[] {height, width}, false)
                .narrow(2, top, side)
                .narrow(3, left, side);
        return random.nextBoolean() ? part.flip(3) : part.contiguous();
    }

    @Override
    public void close() {
        pictures.forEach(Tensor::releaseReference);
        pictures.clear();
    }
}
