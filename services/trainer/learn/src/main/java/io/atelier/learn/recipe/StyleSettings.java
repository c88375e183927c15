package io.atelier.learn.recipe;

import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.data.StylePictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.nets.StyleNet;
import io.atelier.learn.style.StyleLoss;
import io.atelier.learn.train.StyleRows;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a style recipe's settings say of data, network and loss.
 *
 * @param settings the run's
 */
record StyleSettings(Settings settings) {
    private static final String PAINTINGS = "data.paintings";
    private static final String SIDE = "data.side";
    private static final String HELD_OUT = "data.heldOut";

    StylePictures chosen(StylePictures all) {
        return all.withPaintings(PAINTINGS, List.of(settings.text(PAINTINGS).split(",", -1)));
    }

    /** Photographs to judge by, each cut to what the network takes. */
    List<NamedPicture> heldOut(StylePictures pictures, long seed) {
        int most = pictures.photographs().size() - 1;
        return pictures.heldOut(seed, settings.atMost(HELD_OUT, most)).stream()
                .map(StyleRows::fitted)
                .toList();
    }

    List<NamedPicture> training(StylePictures pictures, long seed) {
        List<NamedPicture> photographs = pictures.training(seed, settings.whole(HELD_OUT));
        int side = side();
        for (NamedPicture photograph : photographs) {
            int shorter = Math.min(photograph.height(), photograph.width());
            if (shorter < side) {
                throw Settings.refused(
                        SIDE,
                        "16.." + shorter / StyleNet.MULTIPLE * StyleNet.MULTIPLE,
                        "is " + side + ", but the photograph " + photograph.name() + " is only " + shorter
                                + " pixels at its shorter side");
            }
        }
        return photographs;
    }

    int side() {
        int side = settings.whole(SIDE);
        if (side % StyleNet.MULTIPLE != 0) {
            throw Settings.refused(
                    SIDE,
                    "multiples of " + StyleNet.MULTIPLE,
                    "is " + side + ", which is no multiple of " + StyleNet.MULTIPLE);
        }
        return side;
    }

    StyleNet.Shape shape(int styles) {
        List<Integer> widths = settings.wholes("architecture.stylizer");
        if (widths.size() != 3) {
            throw Settings.refused(
                    "architecture.stylizer", "3 numbers", "is " + widths + ", which is not three numbers");
        }
        return new StyleNet.Shape(
                styles, widths, settings.whole("architecture.blocks"), settings.whole("architecture.noise"));
    }

    /** A loss for each painting; the caller closes them. */
    List<StyleLoss> losses(Engine engine, StylePictures chosen) {
        StyleLoss.Weights weights = new StyleLoss.Weights(
                settings.number("loss.grain"),
                settings.number("loss.palette"),
                settings.number("loss.forms"),
                settings.number("loss.smooth"));
        List<StyleLoss> losses = new ArrayList<>();
        try (PointerScope scope = new PointerScope()) {
            for (NamedPicture painting : chosen.paintings()) {
                losses.add(new StyleLoss(engine, scaled(engine, painting), side(), weights));
            }
            return losses;
        } catch (RuntimeException e) {
            losses.forEach(StyleLoss::close);
            throw e;
        }
    }

    private Tensor scaled(Engine engine, NamedPicture painting) {
        Tensor whole = Tensors.of(engine, StyleRows.unit(painting.pixels()), 1, 3, painting.height(), painting.width());
        double scale = (double) settings.whole("data.painting") / Math.max(painting.height(), painting.width());
        return scale >= 1
                ? whole
                : torch.adaptive_avg_pool2d(
                        whole, Math.round(painting.height() * scale), Math.round(painting.width() * scale));
    }
}
