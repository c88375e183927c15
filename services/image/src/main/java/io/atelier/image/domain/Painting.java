package io.atelier.image.domain;

import io.atelier.artifacts.Picture;
import io.atelier.artifacts.pictures.Resizing;
import io.atelier.artifacts.tiles.Canvas;
import io.atelier.artifacts.tiles.NoiseField;
import io.atelier.artifacts.tiles.Parts;
import io.atelier.artifacts.tiles.Span;
import io.atelier.artifacts.tiles.Tile;
import io.atelier.image.domain.Photograph.Size;
import io.atelier.image.domain.StylizeRequest.FixedSize;
import io.atelier.image.domain.Stylizer.Beside;
import io.atelier.image.domain.Stylizer.Painted;
import io.atelier.inference.RunRequest;
import io.atelier.models.GraphSpec;
import java.util.List;

/**
 * One photograph on its way through a style network. Each run of the network is one of its own, so that others come in
 * between and a request is cancelled or late at the next one. What is kept meanwhile are bytes, and the floats of one part.
 */
final class Painting {
    private static final int BLENDED = 64;
    private static final float[] NONE = {};

    private final Serving serving;
    private final Stylizer stylizer;
    private final float[] style;
    private final long seed;
    private final Finish finish;
    private final StylePreviews previews;
    private int done;

    /** @param style the share of each of the model's labels */
    Painting(Serving serving, Stylizer stylizer, float[] style, long seed, Finish finish, StylePreviews previews) {
        this.serving = serving;
        this.stylizer = stylizer;
        this.style = style;
        this.seed = seed;
        this.finish = finish;
        this.previews = previews;
    }

    /** Paints a picture of three channels; the result has its size. */
    Picture paint(Picture photograph, FixedSize fixed) {
        Size size = new Size(photograph.width(), photograph.height());
        if (stylizer.isFixed()) {
            return fixed == FixedSize.RESIZE ? resized(photograph, size) : overlapping(photograph, fixedTiles(size));
        }
        Size padded = stylizer.padded(size);
        if (padded.pixels() <= Tile.MAX_WHOLE_PIXELS) {
            return whole(photograph, padded);
        }
        return stylizer.tile().isPresent() ? byMoments(photograph, padded) : overlapping(photograph, openTiles(padded));
    }

    private Picture whole(Picture photograph, Size padded) {
        Picture shown = Parts.of(photograph, 0, 0, padded.width(), padded.height());
        Picture painted = run(stylizer.whole(), shown, beside(field(padded), shown, 0, 0, NONE), 1)
                .picture();
        return Parts.of(finish.of(painted, shown), 0, 0, photograph.width(), photograph.height());
    }

    /** Shown at the network's size, as much of it as the picture's form fills, and enlarged again. */
    private Picture resized(Picture photograph, Size size) {
        Size own = stylizer.fixedSize();
        double scale = Math.min((double) own.width() / size.width(), (double) own.height() / size.height());
        Size fitted = new Size(
                Math.clamp(Math.round(size.width() * scale), 1, own.width()),
                Math.clamp(Math.round(size.height() * scale), 1, own.height()));
        Picture small = Resizing.resize(photograph, fitted.width(), fitted.height());
        Picture shown = Parts.of(small, 0, 0, own.width(), own.height());
        Picture painted =
                run(stylizer.whole(), shown, new Beside(style, NONE, NONE), 1).picture();
        Picture cut = Parts.of(painted, 0, 0, fitted.width(), fitted.height());
        return finish.of(Resizing.resize(cut, size.width(), size.height()), photograph);
    }

    /** By the moments of a smaller version of the whole, so that parts meet as if the whole were painted at once. */
    private Picture byMoments(Picture photograph, Size padded) {
        GraphSpec graph = stylizer.tile().orElseThrow();
        int reach = Math.ceilDiv(stylizer.reach(), stylizer.multiple()) * stylizer.multiple();
        List<Tile> tiles = Tile.all(
                Span.framed(padded.width(), Tile.CORE, reach, stylizer.multiple()),
                Span.framed(padded.height(), Tile.CORE, reach, stylizer.multiple()));
        int runs = tiles.size() + 1;
        float[] moments = moments(photograph, runs);
        NoiseField field = field(padded);
        Canvas canvas = new Canvas(photograph);
        for (Tile tile : tiles) {
            Picture shown = tile.of(photograph, padded.width(), padded.height());
            Beside beside =
                    beside(field, shown, tile.across().from(), tile.down().from(), moments);
            Picture painted = run(graph, shown, beside, runs).picture();
            paint(canvas, tile, finish.of(painted, shown), padded.width());
        }
        return canvas.picture();
    }

    private float[] moments(Picture photograph, int runs) {
        Size small = small(new Size(photograph.width(), photograph.height()));
        Size padded = stylizer.padded(small);
        Picture shown = Parts.of(
                Resizing.resize(photograph, small.width(), small.height()), 0, 0, padded.width(), padded.height());
        return run(stylizer.whole(), shown, beside(field(padded), shown, 0, 0, NONE), runs)
                .moments();
    }

    /** As large as can be painted whole; of a very long picture its ends come nearer to each other. */
    private Size small(Size size) {
        double scale = Math.min(1, Math.sqrt((double) Tile.MAX_WHOLE_PIXELS / size.pixels()));
        int width = Math.max(1, (int) (size.width() * scale));
        int height = Math.max(1, (int) (size.height() * scale));
        Size padded = stylizer.padded(new Size(width, height));
        int most = Tile.MAX_WHOLE_PIXELS / stylizer.multiple();
        return new Size(
                Math.min(width, Math.max(stylizer.multiple(), most / padded.height() * stylizer.multiple())),
                Math.min(height, Math.max(stylizer.multiple(), most / padded.width() * stylizer.multiple())));
    }

    private List<Tile> fixedTiles(Size size) {
        Size own = stylizer.fixedSize();
        return Tile.all(fixedSpans(size.width(), own.width()), fixedSpans(size.height(), own.height()));
    }

    private List<Span> fixedSpans(int size, int length) {
        int eighth = length / 8;
        return Span.overlapping(Math.max(size, length), length, Math.min(stylizer.reach(), eighth), eighth, 1);
    }

    private List<Tile> openTiles(Size padded) {
        return Tile.all(openSpans(padded.width()), openSpans(padded.height()));
    }

    private List<Span> openSpans(int size) {
        int multiple = stylizer.multiple();
        int length = Math.ceilDiv(Tile.CORE + 2 * stylizer.reach(), multiple) * multiple;
        return Span.overlapping(size, length, stylizer.reach(), Math.max(BLENDED, 2 * multiple), multiple);
    }

    /** Parts that each know themselves alone, and go over into each other. */
    private Picture overlapping(Picture photograph, List<Tile> tiles) {
        int width = tiles.getLast().across().keepTo();
        int height = tiles.getLast().down().keepTo();
        NoiseField field = field(new Size(width, height));
        Canvas canvas = new Canvas(photograph);
        for (Tile tile : tiles) {
            Picture shown = tile.of(photograph, width, height);
            Beside beside =
                    beside(field, shown, tile.across().from(), tile.down().from(), NONE);
            Picture painted = run(stylizer.whole(), shown, beside, tiles.size()).picture();
            paint(canvas, tile, finish.of(painted, shown), width);
        }
        return canvas.picture();
    }

    private void paint(Canvas canvas, Tile tile, Picture part, int width) {
        canvas.paint(tile, part, tile.across().keepTo() == width);
        previews.after(done, canvas.picture());
    }

    private Painted run(GraphSpec graph, Picture shown, Beside beside, int runs) {
        RunRequest request = serving.request(graph.role(), stylizer.inputs(graph, shown, beside), rows -> {});
        Painted painted = stylizer.painted(graph, serving.model().run(done == 0 ? request : request.goingOn()), shown);
        done++;
        serving.context().progress().report(done, runs);
        return painted;
    }

    private NoiseField field(Size padded) {
        return new NoiseField(
                seed,
                stylizer.noiseChannels(),
                Math.ceilDiv(padded.width(), Stylizer.NOISE_SIDE),
                Math.ceilDiv(padded.height(), Stylizer.NOISE_SIDE));
    }

    private Beside beside(NoiseField field, Picture shown, int x, int y, float[] moments) {
        int side = Stylizer.NOISE_SIDE;
        float[] noise = field.part(x / side, y / side, shown.width() / side, shown.height() / side);
        return new Beside(style, noise, moments);
    }
}
