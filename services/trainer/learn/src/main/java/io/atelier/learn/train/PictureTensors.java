package io.atelier.learn.train;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Labelled pictures on the device. Owns their memory until closed. */
public final class PictureTensors implements AutoCloseable {
    private final Engine engine;
    private final Tensor pictures; // (n, channels, height, width)
    private final Tensor labels; // (n)

    public PictureTensors(Engine engine, LabelledPictures source) {
        this.engine = engine;
        try (PointerScope scope = new PointerScope()) {
            pictures = Tensors.of(
                    engine, source.pixels(), source.count(), source.channels(), source.height(), source.width());
            labels = Tensors.labels(engine, source.labels());
            pictures.retainReference();
            labels.retainReference();
        }
    }

    /** A batch; its tensors belong to the current pointer scope. */
    public record Batch(Tensor pictures, Tensor labels) {}

    public Batch batch(int... indices) {
        Tensor chosen = Tensors.labels(engine, indices);
        return new Batch(pictures.index_select(0, chosen), labels.index_select(0, chosen));
    }

    @Override
    public void close() {
        pictures.releaseReference();
        labels.releaseReference();
    }
}
