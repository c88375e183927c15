package io.atelier.learn.recipe;

import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.style.Ranks;
import io.atelier.learn.style.StyleLoss;
import io.atelier.learn.train.Painter;
import io.atelier.learn.train.StyleRows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What is measured of painted photographs that were held out: how far they are from the paintings' manner and from the
 * photographs' forms, beside the photographs as they are and merely recoloured.
 *
 * @param names the paintings'
 * @param losses a loss for each painting
 * @param photographs to paint
 */
record StyleMeasures(Engine engine, List<String> names, List<StyleLoss> losses, List<NamedPicture> photographs) {
    private static final long SEED = 5;

    /** Means over the photographs, of each painting and over all of them. */
    Map<String, Double> of(Painter painter) {
        Map<String, Double> metrics = new TreeMap<>();
        double gains = 0;
        for (int i = 0; i < names.size(); i++) {
            Sums sums = sums(painter, i);
            String name = names.get(i);
            put(metrics, "style", name, sums.style);
            put(metrics, "content", name, sums.content);
            put(metrics, "photograph_style", name, sums.photograph);
            put(metrics, "photograph_content", name, sums.photographContent);
            put(metrics, "recoloured_style", name, sums.recoloured);
            gains += Math.log(sums.recoloured / sums.style);
        }
        metrics.put("style_gain", Math.exp(gains / names.size()));
        return metrics;
    }

    private void put(Map<String, Double> metrics, String measure, String painting, double sum) {
        double mean = sum / photographs.size();
        metrics.put(measure + "_" + painting, mean);
        metrics.merge(measure, mean / names.size(), Double::sum);
    }

    private static final class Sums {
        private double style;
        private double content;
        private double photograph;
        private double photographContent;
        private double recoloured;
    }

    private Sums sums(Painter painter, int painting) {
        StyleLoss loss = losses.get(painting);
        float[] style = StyleRows.one(names.size(), painting);
        Sums sums = new Sums();
        for (NamedPicture photograph : photographs) {
            int height = photograph.height();
            int width = photograph.width();
            float[] unit = StyleRows.unit(photograph.pixels());
            float[] painted = painter.paint(unit, height, width, style, SEED);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor before = Tensors.of(engine, unit, 1, 3, height, width);
                Tensor ranks = Ranks.of(engine, before);
                StyleLoss.Parts parts = loss.of(Tensors.of(engine, painted, 1, 3, height, width), ranks);
                StyleLoss.Parts plain = loss.of(before, ranks);
                sums.style += parts.style().item_double();
                sums.content += parts.content().item_double();
                sums.photograph += plain.style().item_double();
                sums.photographContent += plain.content().item_double();
                sums.recoloured += loss.style(loss.recoloured(before)).item_double();
            }
        }
        return sums;
    }
}
