package io.atelier.bench.image;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.Provenance;
import io.atelier.artifacts.directory.DirectoryStore;
import io.atelier.artifacts.directory.StoreSettings;
import io.atelier.artifacts.pictures.PictureFormat;
import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.artifacts.pictures.Pictures;
import io.atelier.artifacts.pictures.Resizing;
import io.atelier.artifacts.tiles.Canvas;
import io.atelier.artifacts.tiles.NoiseField;
import io.atelier.artifacts.tiles.Span;
import io.atelier.artifacts.tiles.Tile;
import io.atelier.bench.ClosedLoop;
import io.atelier.inference.Rows;
import io.atelier.inference.raw.RawGraph;
import io.atelier.models.ModelPackage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Paints a photograph as the service does, in the same parts and through the same codec, without the service. */
final class RawStyleCalls implements ClosedLoop.Call, AutoCloseable {
    private final ModelPackage model;
    private final byte[] photograph;
    private final int thumbnailSide;
    private final RawGraph whole;
    private final RawGraph tile;
    private final DirectoryStore store;
    private final AtomicLong seeds = new AtomicLong();

    /** @param photograph a square that is too large to be painted whole, its side a multiple of the network's */
    RawStyleCalls(ModelPackage model, byte[] photograph, Path store, int threads) {
        this.model = model;
        this.photograph = photograph;
        this.thumbnailSide = (int) Math.sqrt(Tile.MAX_WHOLE_PIXELS);
        this.whole = RawGraph.open(model.file("stylizer.onnx"), threads);
        this.tile = RawGraph.open(model.file("tile.onnx"), threads);
        this.store = DirectoryStore.open(StoreSettings.of(store), InstantSource.system());
    }

    @Override
    public void run() {
        long seed = seeds.incrementAndGet();
        Picture picture = Pictures.decode(photograph, "content", Pictures.MAX_PIXELS);
        Picture small = Resizing.resize(picture, thumbnailSide, thumbnailSide);
        int numbers = thumbnailSide / StyleNetwork.NOISE_SIDE;
        float[] moments = whole.run(inputs(small, field(seed, thumbnailSide).part(0, 0, numbers, numbers)));
        List<Span> spans = Span.framed(picture.width(), Tile.CORE, StyleNetwork.REACH, StyleNetwork.MULTIPLE);
        NoiseField field = field(seed, picture.width());
        Canvas canvas = new Canvas(picture);
        for (Tile one : Tile.all(spans, spans)) {
            Picture shown = one.of(picture, picture.width(), picture.height());
            canvas.paint(one, painted(one, shown, field, moments), one.across() == spans.getLast());
        }
        Provenance made = new Provenance(
                StyleModel.NAME, model.manifest().digest(), seed, new TreeMap<>(Map.of("format", "png")), "raw");
        store.artifacts().put(Pictures.artifact(canvas.picture(), PictureFormat.PNG, made));
    }

    private Picture painted(Tile one, Picture shown, NoiseField field, float[] moments) {
        int side = StyleNetwork.NOISE_SIDE;
        float[] noise = field.part(
                one.across().from() / side, one.down().from() / side, shown.width() / side, shown.height() / side);
        Map<String, Rows> inputs = new TreeMap<>(inputs(shown, noise));
        inputs.put("moments", new Rows.Floats(1, new long[] {moments.length}, moments));
        return tensor(shown).toPicture(tile.run(inputs), 0);
    }

    private static NoiseField field(long seed, int side) {
        return new NoiseField(seed, 1, side / StyleNetwork.NOISE_SIDE, side / StyleNetwork.NOISE_SIDE);
    }

    private static Map<String, Rows> inputs(Picture shown, float[] noise) {
        PictureTensor tensor = tensor(shown);
        float[] values = new float[tensor.size()];
        tensor.fromPicture(shown, values, 0);
        long height = shown.height();
        long width = shown.width();
        long side = StyleNetwork.NOISE_SIDE;
        return Map.of(
                "image", new Rows.Floats(1, new long[] {3, height, width}, values),
                "noise", new Rows.Floats(1, new long[] {1, height / side, width / side}, noise));
    }

    private static PictureTensor tensor(Picture shown) {
        return PictureTensor.of(shown.height(), shown.width(), "rgb", "NCHW", "0..1", List.of(), List.of());
    }

    @Override
    public void close() {
        whole.close();
        tile.close();
        store.close();
    }
}
